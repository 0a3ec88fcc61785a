#include "io/hdf5_handle.hpp"

#include <hdf5.h>

#include <algorithm>
#include <type_traits>

#include "core/error.hpp"
#include "io/sealed_driver.hpp"

namespace kith::io {
static_assert(std::is_same_v<Hid, hid_t>);

namespace {

herr_t close_any(Hid id) {
  switch (H5Iget_type(id)) {
    case H5I_FILE:
      return H5Fclose(id);
    case H5I_DATASET:
      return H5Dclose(id);
    case H5I_BADID:
      return 0;  // the file was closed first and took it along
    default:
      return H5Idec_ref(id) < 0 ? -1 : 0;
  }
}

herr_t take_first(unsigned /*n*/, const H5E_error2_t* entry, void* reason) {
  auto& text = *static_cast<std::string*>(reason);
  if (text.empty() && entry->desc != nullptr) text = entry->desc;
  return 0;
}

}  // namespace

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    if (id_ >= 0) close_any(id_);
    id_ = other.id_;
    other.id_ = -1;
  }
  return *this;
}

Handle::~Handle() {
  if (id_ >= 0) close_any(id_);
}

void Handle::close(const std::string& what) {
  if (id_ < 0) return;
  const Hid id = id_;
  id_ = -1;
  check(close_any(id), what);
}

void silence_hdf5() {
  // After a write that failed (disk full) HDF5 1.10 crashes when it tidies up at exit. Every file is closed by then.
  static const herr_t no_tidying = H5dont_atexit();
  (void)no_tidying;
  // A filter that is not built in would be looked for in files of code; Kith uses none.
  static const herr_t no_plugins = H5PLset_loading_state(0);
  (void)no_plugins;
  thread_local const herr_t silent = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  (void)silent;
}

std::string hdf5_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, &take_first, &reason);
  // The innermost entry quotes the system: "…, errno = 28, error message = 'No space left on device', …".
  constexpr std::string_view quote = "error message = '";
  if (const auto begin = reason.find(quote); begin != std::string::npos) {
    const auto end = reason.find('\'', begin + quote.size());
    reason = reason.substr(begin + quote.size(), end - begin - quote.size());
  }
  std::replace(reason.begin(), reason.end(), '\n', ' ');
  return reason.empty() ? "HDF5 gives no reason" : reason;
}

void fail(const std::string& what) {
  const std::string reason = hdf5_reason();
  H5Eclear2(H5E_DEFAULT);
  if (const std::string damage = take_damage(); !damage.empty()) throw Error(ErrorKind::damaged, damage);
  throw Error(ErrorKind::failed, "cannot " + what + " (" + reason + ")");
}

Handle own(Hid id, const std::string& what) {
  if (id < 0) fail(what);
  return Handle(id);
}

void check(Hid status, const std::string& what) {
  if (status < 0) fail(what);
}

}  // namespace kith::io
