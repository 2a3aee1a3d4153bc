// error: detail::fail|'fail'
// An amount of money names its currency, and two of them never add up.
#include <sla/compensation/settle.hpp>

constexpr sla::money fee = sla::money::minor(900'000, sla::cny);
#if SLA_FAIL
constexpr sla::money both = fee + sla::money::minor(100, sla::usd);
#else
constexpr sla::money both = fee + sla::money::minor(100, sla::cny);
#endif
int main() { return both.is_zero() ? 1 : 0; }
