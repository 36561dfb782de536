// The implementation of fmt, compiled once; see StaticFmt.cmake. The templates below are those that the headers declare
// without defining, so every user of the headers expects to find them here.
#include <fmt/format-inl.h>

namespace fmt {
inline namespace v9 {
namespace detail {

template thousands_sep_result<char> thousands_sep_impl<char>(locale_ref);
template char decimal_point_impl<char>(locale_ref);

}  // namespace detail
}  // namespace v9
}  // namespace fmt
