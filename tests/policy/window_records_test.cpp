// SPDX-License-Identifier: MIT
// Availabilities of slots and weights through a statement: the figure, the budget in its own units, and what is owed,
// each against a table worked by hand; and a mean of rates a hair above, on and below the bounds of a clause.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <sla/policy/comparison.hpp>
#include <sla/policy/policy_load.hpp>
#include <sla/policy/statement.hpp>
#include <sla/policy/window_records.hpp>

namespace window_records_test {
namespace {

using namespace sla;
using namespace std::chrono_literals;
using namespace sla::literals;
using std::chrono::sys_days;
using std::chrono::year;

policy example(const std::string& name) {
  return load_policy(std::string(SLA_EXAMPLES_DIR) + "/policies/" + name + ".toml").value();
}
window month_of(const policy& p, std::chrono::year_month m) { return windows_of(p, 0, m, m).front(); }
// A wall-clock time of Shanghai in October 2026.
instant at(int day, std::chrono::seconds time) {
  return instant(sys_days(year(2026) / 10 / day)) + (time - 8h);
}
contract buyer(std::vector<std::string> services = {"s"}, std::uint8_t tier = 0, const currency& in = usd) {
  return {.id = "C", .tier = tier, .services = std::move(services), .monthly_fee = money::minor(310'000, in)};
}

// A policy of slots of one hour with these clauses, in UTC.
policy of_slots(const std::string& slots, const std::string& more, const std::string& target = "99%") {
  return parse_policy("x.toml",
                      "policy = \"x\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"USD\"\n"
                      "severities = [\"P1\"]\ntiers = [\"t\"]\n[[availability]]\ntarget = \"" +
                          target + "\"\nwindow = \"calendar month\"\nslots = { length = \"1h\", " + slots +
                          " }\n" + more)
      .value();
}
instant hour(int n) { return instant(sys_days(year(2026) / 10 / 1)) + n * 1h; }

statement drawn(const policy& p, const contract& c, std::span<const records_of<request_count>> requests,
                instant as_of = instant::latest()) {
  return draw_up(p, c, month_of(p, year(2026) / 10), {}, {}, as_of, {.records = {.requests = requests}});
}
statement drawn(const policy& p, const std::vector<request_count>& counts) {
  const records_of<request_count> all[]{{{}, counts}};
  return drawn(p, buyer(), all);
}

TEST(slot_statement, A4_pays_by_the_slots_that_are_down) {
  // Slots of five minutes in Berlin, 99.5 %. October has 745 h there. 24 slots of Sunday the 25th fail in full and one
  // fails 5 of 100, which is at the bound; 275 others of that day are sound. Of 300 slots 24 are down: 92 % pays all.
  const policy p = example("slots");
  const instant begin = p.home().start_of(sys_days(year(2026) / 10 / 25));
  std::vector<request_count> counts;
  for (int i = 0; i < 300; ++i)
    counts.push_back({begin + i * 5min + 17s, 100, i < 24 ? 100 : (i == 24 ? 5 : 0)});
  const records_of<request_count> brought[]{{{.service = "s"}, counts}};
  const statement s = drawn(p, buyer({"s"}, 0, eur), brought);
  EXPECT_EQ(s.measured.availability, 92_pct);
  ASSERT_TRUE(s.units);
  EXPECT_EQ(s.units->of, share_unit::slots);
  EXPECT_EQ(s.units->whole, 300);
  EXPECT_EQ(s.units->lost, ratio(24));
  EXPECT_TRUE(s.units->exact);
  EXPECT_EQ(s.units->number(slot_state::up), 276);
  EXPECT_EQ(s.units->number(slot_state::unmeasured), 745 * 12 - 300);
  EXPECT_EQ(s.units->left_out, 745 * 12 - 300);
  EXPECT_EQ(s.units->budget->allowed, ratio(3, 2)) << "0.5 % of 300 slots";
  EXPECT_EQ(s.units->budget->remaining, ratio(-45, 2));
  EXPECT_EQ(s.units->budget->outcome, error_budget::missed);
  EXPECT_FALSE(s.budget);
  EXPECT_EQ(s.measured.counted, 2h) << "down for two hours";
  EXPECT_EQ(s.measured.denominator, 25h);
  EXPECT_EQ(s.money.total.minor_units(), 310'000);
  // A tenth as many: 297.6 of 300 would be 99.2 %; with two down it is 99.33 %, which pays 10 %.
  for (int i = 2; i < 24; ++i) counts[static_cast<std::size_t>(i)].failed = 0;
  EXPECT_EQ(drawn(p, buyer({"s"}, 0, eur), brought).money.total.minor_units(), 31'000);
}

TEST(slot_statement, A4_one_slot_of_several_services_is_down_where_any_is) {
  const policy p = of_slots("down = { over = \"50%\" }", "");
  const request_count voice[]{{hour(0), 10, 9}, {hour(1), 10, 0}, {hour(2), 10, 6}};
  const request_count data[]{{hour(0), 1'000, 0}, {hour(1), 1'000, 501}, {hour(2), 1'000, 700}};
  const records_of<request_count> brought[]{{{.service = "voice"}, voice}, {{.service = "data"}, data}};
  const statement s = drawn(p, buyer({"voice", "data"}), brought);
  EXPECT_EQ(s.units->lost, ratio(3));
  EXPECT_EQ(s.measured.availability, ratio(741, 744));
  EXPECT_EQ(drawn(p, buyer({"data"}), brought).units->lost, ratio(2));
  EXPECT_EQ(drawn(p, buyer({"voice"}), brought).units->lost, ratio(2));
  // Without a word on services the requests are of the contract, and add up: 9 of 1,010, 501 of 1,010, 706 of 1,010.
  std::vector<request_count> mixed(voice, voice + 3);
  mixed.insert(mixed.end(), data, data + 3);
  const records_of<request_count> of_contract[]{{{.contract = "C"}, mixed}};
  EXPECT_EQ(drawn(p, buyer({"voice", "data"}), of_contract).units->lost, ratio(1));
  // Requests of another contract or service are nobody's here.
  const records_of<request_count> of_other[]{{{.contract = "D"}, mixed}, {{.service = "mail"}, mixed}};
  EXPECT_EQ(drawn(p, buyer({"voice", "data"}), of_other).units->lacks, lacking::requests);
}

TEST(slot_statement, A4_each_service_by_itself_and_each_stretch_of_slots) {
  const policy p = of_slots("down = \"all fail\"",
                            "[compensation]\ncombine = \"sum\"\n"
                            "[[credit]]\nclause = \"1\"\nmetric = \"availability of each service\"\n"
                            "below = [[\"99.9%\", \"10%\"]]\nbase = \"monthly fee\"\n"
                            "[[credit]]\nclause = \"2\"\nmetric = \"each outage\"\n"
                            "by_duration = [[\"over 1h\", \"1%\"]]\nbase = \"monthly fee\"\n");
  const request_count voice[]{{hour(5), 3, 3}, {hour(6), 3, 3}, {hour(9), 3, 3}};
  const request_count data[]{{hour(5), 3, 0}};
  const records_of<request_count> brought[]{{{.service = "voice"}, voice}, {{.service = "data"}, data}};
  const statement s = drawn(p, buyer({"voice", "data"}), brought);
  // 741 of 744 are below 99.9 % of voice; data had none down; 05:00 to 07:00 is one stretch of two hours.
  ASSERT_EQ(s.money.lines.size(), 4U);
  EXPECT_EQ(s.money.lines[0].subject, "voice");
  EXPECT_EQ(s.money.lines[0].figure, ratio(741, 744));
  EXPECT_EQ(s.money.lines[0].granted.minor_units(), 31'000);
  EXPECT_EQ(s.money.lines[1].subject, "data");
  EXPECT_EQ(s.money.lines[1].figure, ratio(1));
  EXPECT_EQ(s.money.lines[2].granted.minor_units(), 3'100);
  EXPECT_TRUE(s.money.lines[3].granted.is_zero());
  EXPECT_EQ(s.money.total.minor_units(), 34'100);
}

TEST(slot_statement, A4_the_ratio_of_sums_counts_requests) {
  const policy p =
      of_slots("down = \"all fail\", figure = \"ratio of sums\"",
               "[[credit]]\nclause = \"1\"\nmetric = \"availability\"\nbelow = [[\"99%\", \"10%\"]]\n"
               "base = \"monthly fee\"\n");
  const statement kept = drawn(p, {{hour(1), 600, 6}, {hour(2), 400, 4}});
  EXPECT_EQ(kept.measured.availability, 99_pct);
  EXPECT_EQ(kept.units->of, share_unit::requests);
  EXPECT_EQ(kept.units->whole, 1'000);
  EXPECT_EQ(kept.units->lost, ratio(10));
  EXPECT_EQ(kept.units->budget->remaining, ratio(0));
  EXPECT_EQ(kept.units->budget->outcome, error_budget::met) << "a bound that is hit exactly is kept";
  EXPECT_TRUE(kept.money.total.is_zero());
  const statement missed = drawn(p, {{hour(1), 600, 6}, {hour(2), 400, 5}});
  EXPECT_EQ(missed.units->budget->outcome, error_budget::missed);
  EXPECT_EQ(missed.money.total.minor_units(), 31'000);
  EXPECT_TRUE(drawn(p, std::vector<request_count>{}).measured.no_data);
}

TEST(slot_statement, A4_what_has_not_ended_is_up_and_provisional) {
  const policy p = of_slots("down = \"all fail\"", "");
  const std::vector<request_count> counts{{hour(0), 5, 5}, {hour(10), 5, 5}};
  const records_of<request_count> all[]{{{}, counts}};
  const statement s = drawn(p, buyer(), all, hour(10) + 30min);
  EXPECT_EQ(s.units->lost, ratio(1));
  EXPECT_EQ(s.units->number(slot_state::not_yet), 734);
  EXPECT_TRUE(s.provisional);
}

TEST(slot_statement, A11_the_mean_of_rates_is_that_of_the_declaration) {
  // 2/3, 5/6, 1/2 and 8,925 slots without requests: 8,927/8,928 on average, by the example's policy 99.9 %.
  const policy p = example("error_rate");
  const instant t = at(10, 3h);
  const request_count counts[]{{t, 3, 1}, {t + 5min, 6, 1}, {t + 10min, 2, 1}};
  const records_of<request_count> brought[]{{{.contract = "C"}, counts}};
  const statement s = drawn(p, buyer(), brought);
  EXPECT_EQ(s.measured.availability, ratio(8'927, 8'928));
  EXPECT_TRUE(s.units->exact);
  EXPECT_EQ(s.units->lost, ratio(1));
  EXPECT_EQ(s.units->whole, 8'928);
  EXPECT_EQ(s.units->budget->allowed, ratio(8'928, 1'000));
  EXPECT_TRUE(s.money.total.is_zero());
}

// Of 744 slots 100 have rates whose mean with the others is 99 % but for `hair` parts in a number of 18 digits.
std::vector<request_count> around_99(std::int64_t hair) {
  std::vector<request_count> out;
  constexpr std::int64_t whole = 100'000'000'000;
  // 7.44 slots are lost in all: six whole ones, and 1.44 over 96 others, of 1.5 % each.
  for (int i = 0; i < 6; ++i) out.push_back({hour(i), 1, 1});
  for (int i = 0; i < 96; ++i) out.push_back({hour(10 + i), whole, whole / 1'000 * 15 - (i == 0 ? hair : 0)});
  return out;
}
// The same with rates of a prime number each, which no 64 bits hold together.
std::vector<request_count> no_fraction(std::int64_t failed) {
  std::vector<request_count> out;
  int i = 20;
  for (const std::int64_t prime : {1'000'003, 1'000'033, 1'000'037, 1'000'039})
    out.push_back({hour(i++), prime, failed});
  return out;
}

TEST(slot_statement, A11_a_mean_a_hair_above_on_and_below_every_kind_of_bound) {
  struct kind {
    const char* pays;
    std::int64_t on;     // what is owed on 3,100.00 at 99 % itself
    std::int64_t below;  // and a hair below
  };
  const kind kinds[]{
      {"below = [[\"99%\", \"10%\"]]", 0, 31'000},
      {"below = [{ up_to = \"99%\", rate = \"10%\" }]", 31'000, 31'000},
      {"refund = { below = \"99%\", times = 10 }", 0, 31'000},
      {"flat = { rate = \"10%\", below = \"99%\" }", 0, 31'000},
      {"nth_miss = { below = \"99%\", windows = 6, rates = [\"10%\"] }", 0, 31'000},
      // One step of half a percent below 99.5 % is complete at 99 % itself; the second has begun a hair below.
      {"per_step = { below = \"99.5%\", step = \"0.5%\", rate = \"10%\", counted = \"complete\" }", 31'000,
       31'000},
      {"per_step = { below = \"99.5%\", step = \"0.5%\", rate = \"10%\", counted = \"started\" }", 31'000,
       62'000},
  };
  for (const kind& k : kinds) {
    const policy p = of_slots("down = { over = \"0%\" }, figure = \"mean of rates\"",
                              "[[credit]]\nclause = \"1\"\nmetric = \"availability\"\n" +
                                  std::string(k.pays) + "\nbase = \"monthly fee\"\n");
    const statement on = drawn(p, around_99(0)), above = drawn(p, around_99(1)),
                    below = drawn(p, around_99(-1));
    EXPECT_EQ(on.measured.availability, 99_pct) << k.pays;
    EXPECT_GT(above.measured.availability, 99_pct) << k.pays;
    EXPECT_LT(below.measured.availability, 99_pct) << k.pays;
    EXPECT_EQ(on.units->budget->outcome, error_budget::met);
    EXPECT_EQ(above.units->budget->outcome, error_budget::met);
    EXPECT_EQ(below.units->budget->outcome, error_budget::missed);
    EXPECT_EQ(on.money.total.minor_units(), k.on) << k.pays;
    EXPECT_EQ(below.money.total.minor_units(), k.below) << k.pays;
    EXPECT_LE(above.money.total.minor_units(), k.on) << k.pays;
  }
}

TEST(slot_statement, A11_a_mean_that_no_64_bits_hold_says_so_and_keeps_its_side) {
  // Four slots of 744 lack 7 of a million and some each: the mean is 1 - 4 * 7 / 1,000,028 / 744, about.
  const policy p = of_slots("down = { over = \"0%\" }, figure = \"mean of rates\"", "");
  const statement s = drawn(p, no_fraction(7));
  EXPECT_FALSE(s.units->exact);
  rate_mean mean;
  for (const request_count& c : no_fraction(7)) mean.add(c.total - c.failed, c.total);
  for (int i = 0; i < 740; ++i) mean.add(1, 1);
  for (std::int64_t den = 99'999'000; den <= 100'000'000; ++den)
    for (std::int64_t num = den - 40; num < den; ++num)
      ASSERT_EQ(s.measured.availability <=> ratio(num, den), mean <=> ratio(num, den));
  EXPECT_EQ(percent(s.measured.availability, 7, rounding::floor), mean.percent(7, rounding::floor));
}

TEST(slot_statement, A11_a_bound_finer_than_any_amount_is_decided_too) {
  // A promise of 18 decimals, and a mean that lies between it and the next.
  const std::string fine = "0.989999999999999999";
  const policy p = of_slots("down = { over = \"0%\" }, figure = \"mean of rates\"",
                            "[[credit]]\nclause = \"1\"\nmetric = \"availability\"\nbelow = [[\"" + fine +
                                "\", \"10%\"]]\nbase = \"monthly fee\"\n",
                            fine);
  EXPECT_EQ(drawn(p, around_99(0)).units->budget->outcome, error_budget::met);
  EXPECT_TRUE(drawn(p, around_99(0)).money.total.is_zero());
  const statement below = drawn(p, around_99(-1));  // by 1 / (100,000,000,000 * 744), over 10^-14
  EXPECT_EQ(below.units->budget->outcome, error_budget::missed);
  EXPECT_EQ(below.money.total.minor_units(), 31'000);
}

TEST(slot_statement, A11_a_bound_beyond_64_bits_is_refused_at_load) {
  const std::string beyond = "4611686018427387904/4611686018427387905",
                    last = "4611686018427387902/4611686018427387903";
  const auto problems = [](const std::string& bound, const std::string& figure) {
    const auto loaded = parse_policy(
        "x.toml",
        "policy = \"x\"\nversion = 2026-01-01\nzone = \"UTC\"\ncurrency = \"USD\"\nseverities = [\"P1\"]\n"
        "tiers = [\"t\"]\n[[availability]]\ntarget = \"" +
            bound +
            "\"\nwindow = \"calendar month\"\nslots = { length = \"1h\", down = \"all fail\", figure = \"" +
            figure + "\" }\n[[credit]]\nclause = \"1\"\nmetric = \"availability\"\nbelow = [[\"" + bound +
            "\", \"10%\"]]\nbase = \"monthly fee\"\n");
    std::string out;
    for (const diagnostic& d : loaded.diagnostics().items())
      if (d.level == gravity::error)
        out += d.code + " " +
               std::to_string(loaded.diagnostics().sources()[d.source].place(d.where.offset).line) + ";";
    return out;
  };
  EXPECT_EQ(problems(beyond, "mean of rates"), "bound-too-fine 8;bound-too-fine 14;");
  EXPECT_EQ(problems(last, "mean of rates"), "");
  EXPECT_EQ(problems(beyond, "slots"), "");
}

TEST(slot_statement, A2_of_a_contract_that_begins_inside_the_window_only_its_own_slots_count) {
  const policy p =
      of_slots("down = \"all fail\"",
               "[compensation]\npart_window = \"clip, fee by days\"\n"
               "[[credit]]\nclause = \"1\"\nmetric = \"availability\"\nbelow = [[\"99.8%\", \"10%\"]]\n"
               "base = \"monthly fee\"\n");
  const request_count counts[]{{hour(0), 1, 1}, {hour(1), 1, 1}, {hour(15 * 24), 1, 1}};
  const records_of<request_count> brought[]{{{.contract = "C"}, counts}};
  contract c = buyer();
  c.from = year(2026) / 10 / 16;
  const statement s = drawn(p, c, brought);
  EXPECT_EQ(s.units->whole, 16 * 24);
  EXPECT_EQ(s.units->lost, ratio(1));
  EXPECT_EQ(s.money.total.minor_units(), 16'000) << "383/384 is 99.74 %: 10 % of 16/31 of 3,100.00";
}

TEST(slot_statement, a_window_of_endless_slots_is_refused) {
  const policy p = of_slots("down = \"all fail\"", "");
  const request_count one[]{{hour(0), 1, 1}};
  const records_of<request_count> brought[]{{{}, one}};
  const auto over = [&](std::chrono::seconds length) {
    return draw_up(p, buyer(), {{hour(0), hour(0) + length}, "w", 0}, {}, {}, instant::latest(),
                   {.records = {.requests = brought}});
  };
  EXPECT_EQ(over(1h * 100'000).units->whole, 100'000);
  EXPECT_THROW((void)over(1h * 10'700'000), error);
}

TEST(slot_statement, A4_a_policy_whose_longest_window_has_too_many_slots_is_refused) {
  static constexpr std::string_view severities[]{"P1"}, tiers[]{"t"};
  const auto compiles = [](const window_terms& over, std::chrono::seconds length) {
    const availability_spec rows[]{{.target = 99_pct,
                                    .window = over,
                                    .slots = slot_spec{.length = length, .down_by = slot_rules::all_fail}}};
    policy_spec spec{
        .name = "values", .version = year(2026) / 1 / 1, .severities = severities, .tiers = tiers};
    spec.availability = rows;
    std::vector<spec_fault> faults;
    const bool made = policy::compile(spec, faults).has_value();
    for (const spec_fault& f : faults) EXPECT_EQ(f.key + ' ' + f.code, "slots.length too-many-slots");
    return made;
  };
  const auto days = [](int n) { return window_terms({.kind = window_kind::fixed_days, .days = n}, true); };
  const auto minutes = [](int n) {
    return window_terms({.kind = window_kind::fixed_minutes, .length = std::chrono::minutes(n)}, true);
  };
  EXPECT_TRUE(compiles(window_kind::calendar_month, 1s));
  EXPECT_TRUE(compiles(window_kind::calendar_quarter, 1s));
  EXPECT_TRUE(compiles(window_kind::calendar_year, 3s));
  EXPECT_FALSE(compiles(window_kind::calendar_year, 2s));
  EXPECT_TRUE(compiles(days(122), 1s));
  EXPECT_FALSE(compiles(days(123), 1s));
  EXPECT_TRUE(compiles(minutes(176'666), 1s));
  EXPECT_FALSE(compiles(minutes(176'667), 1s));
}

TEST(finest_bound, of_every_shape) {
  EXPECT_EQ(finest_bound(steps{{{99.99_pct, 10_pct}, {99_pct, 30_pct, ratio(1, 7)}}}), 10'000);
  EXPECT_EQ(finest_bound(per_step_below{.bound = ratio(1, 4), .step = ratio(1, 6)}), 12);
  EXPECT_EQ(finest_bound(per_step_below{.bound = ratio(1, finest_denominator), .step = ratio(1, 2)}),
            finest_denominator + 1);
  EXPECT_EQ(finest_bound(pro_rata{.below = 99.9_pct}), 1'000);
  EXPECT_EQ(finest_bound(nth_miss{.below = ratio(2, 3)}), 3);
  EXPECT_EQ(finest_bound(constant{.below = ratio(2, 5)}), 5);
  EXPECT_EQ(finest_bound(per_unit{}), 1);
  EXPECT_EQ(finest_bound(max_of({constant{.below = ratio(2, 5)}, pro_rata{.below = 99.9_pct}})), 1'000);
}

TEST(weighted_statement, A5_weighs_by_whom_outages_hit) {
  // 2,000 of 10,000 for an hour, 1,000 of them for its second half: 12 or 15 minutes of 44,640.
  const policy p = example("share_affected");
  const instant t = at(10, 3h);
  const service_outage outages[]{{"s", "O-1", {{t, t + 1h}}, 2'000},
                                 {"s", "O-2", {{t + 30min, t + 1h}}, 1'000}};
  const population_step all[]{{at(1, 0s), 10'000}};
  const records_of<population_step> brought[]{{{.contract = "C"}, all}};
  const auto of_tier = [&](std::uint8_t tier, std::span<const records_of<population_step>> population) {
    return draw_up(p, buyer({"s"}, tier), month_of(p, year(2026) / 10), {}, outages, instant::latest(),
                   {.records = {.population = population}});
  };
  const statement standard = of_tier(0, brought), strict = of_tier(1, brought);
  EXPECT_EQ(standard.measured.availability, ratio(44'640 - 12, 44'640));
  EXPECT_EQ(strict.measured.availability, ratio(44'640 - 15, 44'640));
  ASSERT_TRUE(standard.units);
  EXPECT_EQ(standard.units->of, share_unit::weighed_seconds);
  EXPECT_EQ(standard.units->lost, ratio(12 * 60 * 10'000));
  EXPECT_EQ(standard.units->whole, 744LL * 3'600 * 10'000);
  EXPECT_EQ(standard.units->outages, 1);
  EXPECT_EQ(standard.units->budget->allowed, ratio(744LL * 3'600)) << "a ten-thousandth";
  EXPECT_EQ(standard.units->budget->outcome, error_budget::missed);
  EXPECT_FALSE(standard.budget);
  EXPECT_EQ(standard.money.total.minor_units(), 31'000) << "below 99.99 %: 10 % of 3,100.00";
  EXPECT_EQ(of_tier(0, {}).units->lacks, lacking::population);
  EXPECT_TRUE(of_tier(0, {}).money.total.is_zero());
}

TEST(weighted_statement, A5_what_is_not_said_is_no_data) {
  const policy p = example("share_affected");
  const instant t = at(10, 3h);
  const population_step from_the_5th[]{{at(5, 0s), 10'000}}, all[]{{at(1, 0s), 20'000}, {at(5, 0s), 10'000}};
  const auto with = [&](const record_owner& of, std::span<const population_step> steps,
                        std::vector<service_outage> outages) {
    const records_of<population_step> brought[]{{of, steps}};
    return draw_up(p, buyer({"s", "u"}), month_of(p, year(2026) / 10), {}, outages, instant::latest(),
                   {.records = {.population = brought}});
  };
  const service_outage silent{"s", "O-1", {{t, t + 1h}}}, known{"s", "O-1", {{t, t + 1h}}, 10'000},
      elsewhere{"v", "O-2", {{t, t + 1h}}}, later{"s", "O-3", {{at(31, 24h), at(31, 25h)}}},
      none{"s", "O-4", {{t, t + 1h}}, 0};
  EXPECT_EQ(with({}, all, {silent}).units->lacks, lacking::affected);
  EXPECT_EQ(with({}, from_the_5th, {known}).units->lacks, lacking::population);
  EXPECT_EQ(with({.contract = "D"}, all, {known}).units->lacks, lacking::population);
  EXPECT_EQ(with({.service = "s"}, all, {known}).units->lacks, lacking::population)
      << "one of two services does not say how many the contract has";
  // Outages of another service or of another month say nothing here, nor does one that hit nobody.
  const statement s = with({}, all, {known, elsewhere, later, none});
  EXPECT_FALSE(s.measured.no_data);
  EXPECT_EQ(s.units->whole, (4 * 20'000LL + 27 * 10'000LL) * 86'400);
  EXPECT_EQ(s.units->lost, ratio(3'600LL * 10'000));
}

TEST(level_statement, A9_counts_of_dates_stand_for_calls) {
  const policy p = example("call_centre");
  std::vector<dated_counts> counts;
  for (const int day : {1, 31})
    counts.push_back({sys_days(year(2026) / 10 / day), {.offered = 50, .answered = 50, .in_time = 35}});
  counts.push_back({sys_days(year(2026) / 11 / 1), {.offered = 50, .answered = 50, .in_time = 50}});
  const records_of<dated_counts> brought[]{{{.contract = "C"}, counts}};
  const statement s = draw_up(p, buyer({"s"}, 0, cny), month_of(p, year(2026) / 10), {}, {},
                              instant::latest(), {.records = {.counts = brought}});
  EXPECT_EQ(s.levels[0].value.value, 70_pct);
  EXPECT_EQ(s.levels[0].value.denominator, 100);
  EXPECT_EQ(s.money.total.minor_units(), 15'500) << "below 80 % and not below 70 %: 5 %";
}

TEST(portfolio_records, every_contract_is_measured_by_its_own) {
  const policy p = example("call_centre");
  std::vector<call> good(40, {at(12, 9h), 10s, 60s, call_end::answered, true}), bad = good;
  for (call& c : bad) c.waited = 30s;
  const records_of<call> brought[]{{{.contract = "A"}, good}, {{.contract = "B"}, bad}};
  contract a = buyer({"s"}, 0, cny), b = a, c = a;
  a.id = "A", b.id = "B", c.id = "C";
  const contract contracts[]{a, b, c};
  const portfolio all = draw_up(p, contracts, month_of(p, year(2026) / 10), {}, {}, instant::latest(),
                                {.records = {.calls = brought}});
  EXPECT_TRUE(all.statements[0].money.total.is_zero());
  EXPECT_EQ(all.statements[1].money.total.minor_units(), 31'000);
  EXPECT_EQ(all.statements[2].levels[0].verdict, level_verdict::no_data);
  // The same windows side by side.
  const compared_row row = compare(p, b, windows_of(p, 0, year(2026) / 10, year(2026) / 10), {}, {},
                                   instant::latest(), {}, {}, {.calls = brought});
  EXPECT_EQ(row.totals.at(0).amount.minor_units(), 31'000);
}

}  // namespace
}  // namespace window_records_test
