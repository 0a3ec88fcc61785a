#include "io/sealed_driver.hpp"

#include <fcntl.h>
#include <hdf5.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "io/seal.hpp"

namespace kith::io {
namespace {

thread_local std::string damage;

/// Fills a buffer from a place in a file, with zeros after its end. False when the system refuses.
bool read_fully(int file, char* into, std::size_t count, std::uintmax_t from) {
  while (count > 0) {
    const ssize_t got = pread(file, into, count, static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) {
      std::memset(into, 0, count);
      return true;
    }
    into += got;
    from += static_cast<std::uintmax_t>(got);
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

struct SealedFile : H5FD_t {
  int file = -1;
  haddr_t end = 0;        // of the file
  haddr_t allocated = 0;  // as HDF5 says
  std::optional<Seal> seal;
  std::vector<bool> intact;  // [blocks] that have been compared
  std::vector<char> block;

  ~SealedFile() {
    if (file >= 0) close(file);
  }

  /// Compares the blocks that hold [from, from + count) with the seal, each once.
  bool check(haddr_t from, std::size_t count) {
    if (!seal || count == 0) return true;
    const std::size_t last = std::min<std::size_t>((from + count - 1) / Seal::block_bytes + 1, seal->blocks());
    for (std::size_t b = from / Seal::block_bytes; b < last; ++b) {
      if (intact[b]) continue;
      block.resize(seal->length(b));
      if (!read_fully(file, block.data(), block.size(), seal->begin(b))) return false;
      if (!seal->fits(b, block)) {
        damage = "the file is not what was written: a checksum is wrong";
        return false;
      }
      intact[b] = true;
    }
    return true;
  }
};

SealedFile& of(H5FD_t* file) { return *static_cast<SealedFile*>(file); }
const SealedFile& of(const H5FD_t* file) { return *static_cast<const SealedFile*>(file); }

H5FD_t* open_sealed(const char* name, unsigned flags, hid_t /*list*/, haddr_t /*most*/) {
  if ((flags & H5F_ACC_RDWR) != 0) return nullptr;
  try {
    auto opened = std::make_unique<SealedFile>();
    opened->file = open(name, O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (opened->file < 0 || fstat(opened->file, &facts) != 0) return nullptr;
    opened->end = static_cast<haddr_t>(facts.st_size);
    opened->seal = Seal::of(name);
    if (opened->seal) opened->intact.resize(opened->seal->blocks());
    return opened.release();
  } catch (const Error& error) {
    damage = error.what();
    return nullptr;
  }
}

herr_t close_sealed(H5FD_t* file) {
  delete &of(file);
  return 0;
}

herr_t query_sealed(const H5FD_t* /*file*/, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t allocated_of(const H5FD_t* file, H5FD_mem_t /*type*/) { return of(file).allocated; }

herr_t set_allocated(H5FD_t* file, H5FD_mem_t /*type*/, haddr_t end) {
  of(file).allocated = end;
  return 0;
}

haddr_t end_of(const H5FD_t* file, H5FD_mem_t /*type*/) { return of(file).end; }

herr_t read_checked(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*list*/, haddr_t from, std::size_t count, void* into) {
  SealedFile& sealed = of(file);
  return sealed.check(from, count) && read_fully(sealed.file, static_cast<char*>(into), count, from) ? 0 : -1;
}

herr_t refuse_to_write(H5FD_t* /*file*/, H5FD_mem_t /*type*/, hid_t /*list*/, haddr_t /*to*/, std::size_t /*count*/,
                       const void* /*from*/) {
  return -1;
}

hid_t driver() {
  static const H5FD_class_t methods = [] {
    H5FD_class_t m{};
#ifdef H5FD_CLASS_VERSION  // HDF5 1.14
    m.version = H5FD_CLASS_VERSION;
    m.value = 0x4b69;  // any from H5_VFD_RESERVED to H5_VFD_MAX that no other driver in this program has
#endif
    m.name = "kith_sealed";
    m.maxaddr = haddr_t{1} << 62;
    m.fc_degree = H5F_CLOSE_WEAK;
    m.open = open_sealed;
    m.close = close_sealed;
    m.query = query_sealed;
    m.get_eoa = allocated_of;
    m.set_eoa = set_allocated;
    m.get_eof = end_of;
    m.read = read_checked;
    m.write = refuse_to_write;
    const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(map), std::end(map), std::begin(m.fl_map));
    return m;
  }();
  static const hid_t id = H5FDregister(&methods);
  return id;
}

}  // namespace

void read_sealed(const Handle& access_list) {
  check(H5Pset_driver(access_list.get(), driver(), nullptr), "read through the checksums of files");
}

std::string take_damage() { return std::exchange(damage, ""); }

}  // namespace kith::io
