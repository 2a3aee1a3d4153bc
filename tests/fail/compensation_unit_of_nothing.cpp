// error: detail::fail|'fail'
// A unit to count in is above 0.
#include <sla/compensation/counting.hpp>

using namespace std::chrono_literals;

#if SLA_FAIL
constexpr auto units = sla::count_units(90min, 0s, sla::unit_counting::started);
#else
constexpr auto units = sla::count_units(90min, 1h, sla::unit_counting::started);
#endif
static_assert(units == sla::ratio(2));
int main() {}
