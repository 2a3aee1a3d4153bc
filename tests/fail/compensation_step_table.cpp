// error: detail::fail|'fail'
#include <sla/compensation/step_table.hpp>

using namespace sla::literals;

#if SLA_FAIL
constexpr sla::step_table credits(std::initializer_list<sla::step>{});
#else
constexpr sla::step_table credits{{99.99_pct, 10_pct}};
#endif
static_assert(credits.rate_at(99_pct) == 10_pct);
int main() {}
