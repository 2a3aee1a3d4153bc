// SPDX-License-Identifier: MIT
// What the compiler proves of the base floor: units that do not mix, figures known before the program runs, and
// types as small and as cheap as they look.
#include <sla/base/diagnostic.hpp>
#include <sla/base/instant.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/money.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/units.hpp>
#include <sla/base/utf8.hpp>
#include <sla/base/version.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace {

using namespace std::chrono_literals;
using namespace sla::literals;
using sla::business_days;
using sla::instant;
using sla::money;
using sla::ratio;
using sla::rounding;
using sla::time_limit;
using sla::worked;
using std::chrono::seconds;

template <class A, class B>
concept adds = requires(A a, B b) { a + b; };
template <class A, class B>
concept subtracts = requires(A a, B b) { a - b; };
template <class A, class B>
concept compares = requires(A a, B b) { a < b; };
template <class A, class B>
concept equates = requires(A a, B b) { a == b; };

// T13: three units, three types.
static_assert(adds<instant, seconds> && adds<instant, std::chrono::hours> && adds<worked, worked>);
static_assert(!adds<instant, worked> && !adds<instant, business_days> && !adds<instant, instant>);
static_assert(!subtracts<instant, worked> && !subtracts<instant, business_days> &&
              subtracts<instant, instant>);
static_assert(!adds<worked, seconds> && !adds<seconds, worked> && !subtracts<worked, seconds>);
static_assert(!adds<worked, business_days> && !adds<business_days, seconds>);
static_assert(!compares<worked, seconds> && !compares<worked, business_days> &&
              !compares<business_days, seconds>);
static_assert(!equates<worked, seconds> && !equates<worked, business_days> && !equates<business_days, int>);
static_assert(!std::convertible_to<seconds, worked> && !std::convertible_to<worked, seconds>);
static_assert(!std::convertible_to<int, business_days> && !std::convertible_to<int, time_limit>);
static_assert(!std::convertible_to<int, worked> && !std::constructible_from<worked, int>);
static_assert(std::convertible_to<std::chrono::minutes, time_limit> &&
              std::convertible_to<worked, time_limit> && std::convertible_to<business_days, time_limit>);
// T16: a fraction of a second comes in by name only.
static_assert(std::convertible_to<std::chrono::sys_seconds, instant> &&
              std::convertible_to<std::chrono::sys_days, instant> &&
              std::convertible_to<std::chrono::sys_time<std::chrono::hours>, instant>);
static_assert(!std::constructible_from<instant, std::chrono::sys_time<std::chrono::milliseconds>>);
static_assert(!std::constructible_from<instant, std::int64_t>, "a raw number says nothing of its epoch");
static_assert(!std::constructible_from<time_limit, std::chrono::milliseconds>);
static_assert(!std::constructible_from<instant, std::chrono::local_seconds>, "local time needs a zone");

// No floating point on the way in.
static_assert(std::constructible_from<ratio, int, int> && !std::convertible_to<int, ratio>);
static_assert(!std::constructible_from<ratio, decltype(0.5)> &&
              !std::constructible_from<ratio, int, decltype(0.5F)>);
template <class T>
concept counts_money = requires(T units) { money::minor(units, sla::cny); };
static_assert(counts_money<int> && counts_money<std::int64_t> && !counts_money<decltype(0.5)>);
static_assert(!adds<money, int> && !adds<money, ratio> && !std::constructible_from<money, std::int64_t>);

// The headers' examples.
static_assert(99.99_pct == ratio(9'999, 10'000));
static_assert(ratio(44'639, 44'640) < 99.998_pct);
static_assert(money::minor(1'200'000, sla::cny).times(10_pct, rounding::half_up) ==
              money::minor(120'000, sla::cny));
static_assert(sla::detail::mul_div(1'200'000, 29, 31, rounding::half_up) == 1'122'581);
static_assert(sla::display_width("P1 停机") == 7);
static_assert(sla::library_version() == "0.1.0");

// Everything that decides can be decided by the compiler.
constexpr instant noon = std::chrono::sys_days{2026y / 10 / 12} + 12h;
static_assert(noon + 30min - noon == 1'800s);
static_assert(noon < instant::latest() && instant::latest() < instant::never() &&
              instant::never() < instant::unknown());
static_assert(instant::never() + seconds::max() == instant::never());
static_assert(instant::floor(std::chrono::sys_time<std::chrono::milliseconds>(-1ms)) ==
              instant::from_unix(-1));
static_assert(4_bh - 30_bmin == 210_bmin && -(1_bs) < 0_bs && 1_bd < 2_bd);
static_assert(sla::parse_time_limit("1h30min") == time_limit(90min) && !sla::parse_time_limit("1d"));
static_assert(sla::parse_ratio("1/30") == ratio(1, 30) && !sla::parse_ratio("-1%"));
static_assert(sla::parse_amount("12.5", sla::cny) == money::minor(1'250, sla::cny));
static_assert(sla::parse_rounding("half even") == rounding::half_even);
static_assert(ratio(1, 3) + ratio(1, 6) == 50_pct && ratio(1, 3) / ratio(2) == ratio(1, 6));
static_assert(sla::interval{noon, noon + 1h}.contains(noon) &&
              !sla::interval{noon, noon + 1h}.contains(noon + 1h));
static_assert([] {
  const sla::interval_set a{{noon, noon + 2h}}, b{{noon + 1h, noon + 3h}};
  return (a - b).total() == 1h && (a & b).total() == 1h && (a | b).total() == 3h;
}());

// Values: small, trivially copied, so that arrays of them are arrays of numbers.
static_assert(sizeof(instant) == 8 && sizeof(worked) == 8 && sizeof(business_days) == 4 &&
              sizeof(ratio) == 16 && sizeof(money) == 16 && sizeof(time_limit) == 16);
static_assert(std::is_trivially_copyable_v<instant> && std::is_trivially_copyable_v<worked> &&
              std::is_trivially_copyable_v<ratio> && std::is_trivially_copyable_v<money> &&
              std::is_trivially_copyable_v<time_limit> && std::is_trivially_copyable_v<sla::interval>);
static_assert(std::is_nothrow_move_constructible_v<sla::interval_set>);
static_assert(std::derived_from<sla::load_error, sla::error> &&
              std::derived_from<sla::error, std::runtime_error>);

}  // namespace
