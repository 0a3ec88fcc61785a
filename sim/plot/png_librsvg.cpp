#include <cairo.h>
#include <fmt/format.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>
#include <ostream>

#include "core/error.hpp"
#include "plot/png.hpp"

namespace kith::plot {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Pen = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

struct Unref {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
};

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorKind::failed, "no PNG could be made: " + why); }

[[noreturn]] void fail(GError* error) {
  const std::string why = error != nullptr ? error->message : "librsvg does not tell why";
  g_clear_error(&error);
  fail(why);
}

cairo_status_t append(void* out, const unsigned char* data, unsigned int length) {
  auto& stream = *static_cast<std::ostream*>(out);
  stream.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(length));
  return stream ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

}  // namespace

bool can_write_png() { return true; }

void write_png(const std::string& svg, double scale, std::ostream& out) {
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, Unref> handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!handle) fail(error);
  double width = 0.0;
  double height = 0.0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) == FALSE) fail("the drawing has no size");
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(std::ceil(scale * width)),
                                                   static_cast<int>(std::ceil(scale * height))),
                        &cairo_surface_destroy);
  const Pen pen(cairo_create(surface.get()), &cairo_destroy);
  const RsvgRectangle page{0.0, 0.0, scale * width, scale * height};
  if (rsvg_handle_render_document(handle.get(), pen.get(), &page, &error) == FALSE) fail(error);
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &out);
  if (status != CAIRO_STATUS_SUCCESS) fail(cairo_status_to_string(status));
}

}  // namespace kith::plot
