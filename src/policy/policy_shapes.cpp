// SPDX-License-Identifier: MIT
#include "policy/policy_shapes.hpp"

#include <array>
#include <limits>
#include <string>
#include <utility>

#include "policy/policy_words.hpp"
#include "policy/record_file.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

constexpr std::array<std::string_view, 13> shape_keys{
    "below",    "per_step", "refund",      "per_time", "by_duration", "by_count", "per_breach",
    "nth_miss", "flat",     "greatest_of", "least_of", "sum_of",      "last_of"};
constexpr int most_windows = 1200;  // a century of months
constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max();

// A member that is a table, and its members read by `each`; nothing where any of them is wrong.
template <class Each>
[[nodiscard]] std::optional<shape> in_table(toml_table& in, std::string_view key, Each each) {
  const toml_value* v = in.get(key, toml_kind::table);
  if (v == nullptr) return std::nullopt;
  const std::size_t before = in.problems().errors();
  toml_table of(in.problems(), *v, v->where);
  shape out = each(of);
  of.finish();
  if (in.problems().errors() == before) return out;
  in.spoil(key);
  return std::nullopt;
}

// "99.9%" of a member that must be there.
[[nodiscard]] ratio required_rate(toml_table& in, std::string_view key, std::string_view example) {
  if (!in.require(key, example)) return {};
  return in.rate(key).value_or(ratio());
}

// A rate in a list.
[[nodiscard]] std::optional<ratio> rate_item(toml_table& in, std::string_view key, const toml_value& item) {
  const auto rate = item.kind == toml_kind::text ? parse_ratio(item.text) : std::nullopt;
  if (!rate)
    in.error_at(key, item.where, "malformed-rate",
                "expected a rate such as \"99.9%\", found " +
                    (item.kind == toml_kind::text ? shown(item.text) : std::string(name(item.kind))));
  return rate;
}

// A length of time, on the wall clock or in business time.
[[nodiscard]] std::optional<time_limit> length_of(toml_table& in, std::string_view key) {
  const auto limit = in.limit(key);
  if (!limit || limit->in() != time_limit::unit::business_days) return limit;
  in.error(key, "malformed-limit",
           "expected a length of time such as \"30min\" or \"1bh\", found " + shown(to_string(*limit)));
  return std::nullopt;
}
[[nodiscard]] time_kind time_kind_of(const time_limit& t) {
  return t.needs_calendar() ? time_kind::worked : time_kind::elapsed;
}

}  // namespace

std::optional<money> read_amount(toml_table& in, std::string_view key, currency expected) {
  const toml_value* v = in.get(key, toml_kind::text);
  if (v == nullptr) return std::nullopt;
  const auto amount = parse_amount(v->text, expected);
  if (!amount)
    in.error(key, "malformed-amount",
             "expected an amount in " + std::string(expected.code()) + " such as \"5000\", found " +
                 shown(v->text));
  return amount;
}

std::optional<shape> shape_reader::read(toml_table& in) {
  std::vector<std::string_view> stated;
  for (const std::string_view key : shape_keys) {
    if (in.has(key)) stated.push_back(key);
    (void)in.get(key);
  }
  if (stated.empty()) {
    std::string others;
    for (std::size_t i = 1; i < shape_keys.size(); ++i)
      others += (i == 1 ? "" : ", ") + std::string(shape_keys[i]);
    in.error_at(
        "below", in.where(), "missing-key",
        "expected what a miss pays, such as below = [[\"99.9%\", \"10%\"], [\"99%\", \"30%\"]], or one of " +
            others);
    return std::nullopt;
  }
  if (stated.size() > 1) {
    in.error(stated[1], "several-shapes",
             "expected one way to pay, found both '" + std::string(stated[0]) + "' and '" +
                 std::string(stated[1]) +
                 "': a clause that combines them states greatest_of, least_of, sum_of or last_of");
    return std::nullopt;
  }
  const std::string_view key = stated[0];
  if (key == "below") return step_rows(in);
  if (key == "per_step") return per_step(in);
  if (key == "refund") return refund(in);
  if (key == "per_time") return per_time(in);
  if (key == "by_duration") return by_duration(in);
  if (key == "by_count") return by_count(in);
  if (key == "per_breach") return per_breach(in);
  if (key == "nth_miss") return of_misses(in);
  if (key == "flat") return flat(in);
  for (const auto& [word, how] : operators)
    if (key == word) return parts(in, key, how);
  return std::nullopt;
}

// --- tables over a share ----------------------------------------------------------------------------------------

std::optional<step> shape_reader::pair_step(toml_table& in, const toml_value& row) {
  if (row.items.size() == 2 && row.items[0].kind == toml_kind::text && row.items[1].kind == toml_kind::text) {
    const auto bound = rate_item(in, "below", row.items[0]), rate = rate_item(in, "below", row.items[1]);
    if (!bound || !rate) return std::nullopt;
    return step{*bound, *rate};
  }
  in.error_at("below", row.where, "malformed-step",
              "expected a bound and the rate paid below it, [\"99.9%\", \"10%\"]");
  return std::nullopt;
}

std::optional<step> shape_reader::table_step(toml_table& in, const toml_value& row) {
  toml_table of(in.problems(), row, row.where);
  const auto below = of.rate("below"), up_to = of.rate("up_to"), from = of.rate("from");
  std::optional<ratio> rate;
  if (of.require("rate", "\"10%\"")) rate = of.rate("rate");
  bool good = rate.has_value() && (!of.has("from") || from);
  if (of.has("below") == of.has("up_to")) {
    of.error_at("", row.where, "malformed-step",
                "expected a bound, either below = \"99.9%\" or up_to = \"99.9%\"");
    good = false;
  }
  of.finish();
  if (!good || (!below && !up_to)) return std::nullopt;
  return step{below ? *below : *up_to, *rate, from.value_or(ratio()), up_to.has_value()};
}

std::optional<shape> shape_reader::step_rows(toml_table& in) {
  const toml_value* v = in.get("below", toml_kind::list);
  if (v == nullptr) return std::nullopt;
  steps out;
  for (const toml_value& row : v->items) {
    const auto s = row.kind == toml_kind::table ? table_step(in, row) : pair_step(in, row);
    if (s) out.rows.push_back(*s);
    if (!s) in.spoil("below");
  }
  return shape(std::move(out));
}

std::optional<shape> shape_reader::per_step(toml_table& in) {
  return in_table(in, "per_step", [](toml_table& of) {
    per_step_below s;
    s.bound = required_rate(of, "below", "\"99.5%\"");
    s.step = required_rate(of, "step", "\"0.1%\"");
    s.rate = required_rate(of, "rate", "\"5%\"");
    s.counted = of.choice("counted", countings).value_or(unit_counting::unstated);
    return shape(s);
  });
}

std::optional<shape> shape_reader::refund(toml_table& in) {
  return in_table(in, "refund", [](toml_table& of) {
    pro_rata s;
    for (const std::string_view key : {"below", "up_to"}) (void)of.get(key);
    if (of.has("below") == of.has("up_to"))
      of.error("", "malformed-refund", "expected a bound, either below = \"99.9%\" or up_to = \"99.9%\"");
    s.inclusive = of.has("up_to");
    s.below = of.rate(s.inclusive ? "up_to" : "below").value_or(ratio(1));
    const toml_value* times = of.get("times");
    if (times != nullptr && times->kind == toml_kind::integer) {
      s.times = ratio(times->integer);
    } else {
      s.times = of.rate("times").value_or(ratio(1));
    }
    return shape(s);
  });
}

std::optional<shape> shape_reader::of_misses(toml_table& in) {
  return in_table(in, "nth_miss", [](toml_table& of) {
    sla::nth_miss s;
    s.below = required_rate(of, "below", "\"99.9%\"");
    if (of.require("windows", "6"))
      s.windows = static_cast<std::size_t>(of.integer("windows", 1, most_windows).value_or(1));
    if (of.require("rates", "[\"0%\", \"10%\", \"20%\"]"))
      if (const toml_value* rates = of.get("rates", toml_kind::list))
        for (const toml_value& item : rates->items)
          s.rates.push_back(rate_item(of, "rates", item).value_or(ratio()));
    return shape(std::move(s));
  });
}

// --- times and numbers ------------------------------------------------------------------------------------------

std::optional<shape> shape_reader::per_time(toml_table& in) {
  return in_table(in, "per_time", [](toml_table& of) {
    per_unit s;
    if (of.require("each", "\"30min\""))
      if (const auto each = length_of(of, "each")) {
        s.unit = std::chrono::seconds(each->count());
        s.in = time_kind_of(*each);
      }
    s.rate = required_rate(of, "rate", "\"5%\"");
    s.counted = of.choice("counted", countings).value_or(unit_counting::unstated);
    for (const auto& [key, to] : {std::pair("over", &per_unit::more_than), {"free", &per_unit::free}}) {
      const auto length = length_of(of, key);
      if (!length) continue;
      s.*to = std::chrono::seconds(length->count());
      if (of.has("each") && time_kind_of(*length) != s.in)
        of.error(key, "mixed-time",
                 "expected the time that 'each' counts in, business time or the wall clock");
    }
    s.free_share = of.rate("free_share").value_or(ratio());
    return shape(s);
  });
}

std::optional<tier_row> shape_reader::duration_row(toml_table& in, const toml_value& row,
                                                   std::optional<time_kind>& kind) {
  constexpr std::string_view expected =
      "expected how long and what it pays, [\"over 4h\", \"10%\"] or [\"at least 4h\", \"10%\"]";
  const auto of_kind = [&](const time_limit& t, byte_span where) {
    const time_kind k = time_kind_of(t);
    if (kind.value_or(k) != k)
      in.error_at("by_duration", where, "mixed-time",
                  "expected one kind of time in a table, business time or the wall clock");
    kind = k;
    return t.count();
  };
  const auto second_after = [](std::int64_t s) { return s == endless ? s : s + 1; };
  if (row.kind == toml_kind::list) {
    if (row.items.size() == 2 && row.items[0].kind == toml_kind::text)
      for (const auto& [word, past] :
           {std::pair<std::string_view, bool>("over ", true), {"at least ", false}}) {
        const std::string_view text = row.items[0].text;
        if (!text.starts_with(word)) continue;
        const auto limit = parse_time_limit(text.substr(word.size()));
        if (!limit || limit->in() == time_limit::unit::business_days) break;
        const auto rate = rate_item(in, "by_duration", row.items[1]);
        if (!rate) return std::nullopt;
        const std::int64_t from = of_kind(*limit, row.items[0].where);
        return tier_row{past ? second_after(from) : from, *rate};
      }
    in.error_at("by_duration", row.where, "malformed-row", std::string(expected));
    return std::nullopt;
  }
  if (row.kind != toml_kind::table) {
    in.error_at("by_duration", row.where, "malformed-row", std::string(expected));
    return std::nullopt;
  }
  const std::size_t before = in.problems().errors();
  toml_table of(in.problems(), row, row.where);
  tier_row out;
  out.rate = required_rate(of, "rate", "\"10%\"");
  if (of.has("over") == of.has("at_least"))
    of.error("", "malformed-row", "expected where the row begins, either over = \"4h\" or at_least = \"4h\"");
  if (const auto t = length_of(of, "over")) out.from = second_after(of_kind(*t, of.get("over")->where));
  if (const auto t = length_of(of, "at_least")) out.from = of_kind(*t, of.get("at_least")->where);
  if (of.has("up_to") && of.has("below"))
    of.error("", "malformed-row", "expected where the row ends, either up_to = \"8h\" or below = \"8h\"");
  if (const auto t = length_of(of, "up_to")) out.until = second_after(of_kind(*t, of.get("up_to")->where));
  if (const auto t = length_of(of, "below")) out.until = of_kind(*t, of.get("below")->where);
  of.finish();
  return in.problems().errors() == before ? std::optional(out) : std::nullopt;
}

std::optional<shape> shape_reader::by_duration(toml_table& in) {
  const toml_value* v = in.get("by_duration", toml_kind::list);
  if (v == nullptr) return std::nullopt;
  duration_tiers out;
  std::optional<time_kind> kind;
  for (const toml_value& row : v->items) {
    if (const auto r = duration_row(in, row, kind)) {
      out.rows.push_back(*r);
    } else {
      in.spoil("by_duration");
    }
  }
  out.in = kind.value_or(time_kind::elapsed);
  return shape(std::move(out));
}

std::optional<tier_row> shape_reader::count_row(toml_table& in, const toml_value& row) {
  if (row.kind == toml_kind::list && row.items.size() == 2 && row.items[0].kind == toml_kind::integer &&
      row.items[0].integer > 0) {
    const auto rate = rate_item(in, "by_count", row.items[1]);
    return rate ? std::optional(tier_row{row.items[0].integer, *rate}) : std::nullopt;
  }
  if (row.kind != toml_kind::table) {
    in.error_at("by_count", row.where, "malformed-row",
                "expected from how many on and what it pays, [3, \"5%\"]");
    return std::nullopt;
  }
  constexpr int most = 1'000'000'000;
  const std::size_t before = in.problems().errors();
  toml_table of(in.problems(), row, row.where);
  tier_row out;
  if (of.require("from", "3")) out.from = of.integer("from", 1, most).value_or(1);
  if (const auto to = of.integer("to", 1, most)) out.until = *to + std::int64_t{1};
  out.rate = required_rate(of, "rate", "\"5%\"");
  of.finish();
  return in.problems().errors() == before ? std::optional(out) : std::nullopt;
}

std::optional<shape> shape_reader::by_count(toml_table& in) {
  const toml_value* v = in.get("by_count", toml_kind::list);
  if (v == nullptr) return std::nullopt;
  count_tiers out;
  for (const toml_value& row : v->items) {
    if (const auto r = count_row(in, row)) {
      out.rows.push_back(*r);
    } else {
      in.spoil("by_count");
    }
  }
  return shape(std::move(out));
}

std::optional<shape> shape_reader::per_breach(toml_table& in) {
  return in_table(in, "per_breach", [](toml_table& of) {
    per_count s;
    s.rate = required_rate(of, "rate", "\"2%\"");
    s.free = of.integer("free", 0, 1'000'000'000).value_or(0);
    return shape(s);
  });
}

std::optional<shape> shape_reader::flat(toml_table& in) {
  return in_table(in, "flat", [this](toml_table& of) {
    constant s;
    const auto rate = of.rate("rate");
    const auto amount = read_amount(of, "amount", in_);
    if (of.has("rate") == of.has("amount"))
      of.error("", "malformed-flat", "expected what is paid, either rate = \"10%\" or amount = \"500\"");
    if (rate) s.pays = *rate;
    if (amount) s.pays = *amount;
    const auto below = of.rate("below");
    s.below = below.value_or(ratio());
    if (below && s.below == ratio())
      of.error("below", "no-bound", "expected a bound above 0%, found one that can never be missed");
    return shape(s);
  });
}

std::optional<shape> shape_reader::parts(toml_table& in, std::string_view key, shape_op how) {
  combined out{how, {}};
  const std::size_t before = in.problems().errors();
  for (const toml_value* part : in.tables(key)) {
    toml_table of(in.problems(), *part, part->where);
    if (auto s = read(of)) out.of.push_back(*std::move(s));
    of.finish();
  }
  if (in.problems().errors() != before) {
    in.spoil(key);
    return std::nullopt;
  }
  return shape(std::move(out));
}

}  // namespace detail
}  // namespace v0
}  // namespace sla
