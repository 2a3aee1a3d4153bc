// SPDX-License-Identifier: MIT
#include <sla/policy/source_load.hpp>

#include <utility>

#include <sla/policy/compile.hpp>

#include "policy/local_time.hpp"
#include "policy/policy_calendars.hpp"
#include "policy/record_file.hpp"
#include "policy/toml_table.hpp"

namespace sla {
inline namespace v0 {
namespace detail {
namespace {

constexpr choices<change_cause, 3> change_causes{{{"worsened", change_cause::worsened},
                                                  {"corrected", change_cause::corrected},
                                                  {"improved", change_cause::improved}}};

class source_reader {
 public:
  explicit source_reader(problem_list& problems) : problems_(problems) {}

  [[nodiscard]] source run() {
    toml_value root;
    if (!check_text(problems_, {.bytes = toml_most_bytes}, true) || !parse_toml(problems_, root)) return {};
    toml_table in(problems_, root, {0, 0});
    out_.file = problems_.source().name();
    out_.text = problems_.text();
    if (in.require("source", "\"ServiceNow incident audit\"")) out_.name = in.text_or("source");
    zone_table zones;
    if (in.require("zone", "\"Europe/Lisbon\", the zone of its times")) {
      if (auto home = zones.find(in, "zone")) out_.home = *std::move(home);
    }
    format(in);
    for (const std::string_view word : in.texts("missing").value_or(std::vector<std::string_view>()))
      out_.missing.emplace_back(word);
    const toml_value* columns = in.get("column", toml_kind::table);
    if (in.require("column", "[column], which column is the incident, the time, the state") &&
        columns != nullptr)
      column_names(*columns);
    name_of(in, "severity", out_.severity, true);
    name_of(in, "tier", out_.tier, true);
    name_of(in, "region", out_.region, false);
    name_of(in, "category", out_.category, false);
    name_of(in, "channel", out_.channel, false);
    severity_change(in);
    states(in);
    judged(in);
    in.finish();
    return std::move(out_);
  }

 private:
  [[nodiscard]] static source_word word(toml_table& in, std::string_view key) {
    const toml_value* v = in.get(key, toml_kind::text);
    if (v == nullptr) return {};
    if (v->text.empty()) in.error(key, "empty-name", "expected a name, found nothing");
    return {v->text, v->where};
  }

  void format(toml_table& in) {
    if (const toml_value* v = in.get("time_format", toml_kind::text)) {
      const std::string wrong = time_format::check(v->text);
      if (!wrong.empty()) in.error("time_format", "bad-time-format", wrong);
      out_.time_format = v->text;
    }
    if (const auto d = in.text("delimiter")) {
      if (d->size() == 1 && *d != "\"" && *d != "\n" && *d != "\r") {
        out_.delimiter = d->front();
      } else {
        in.error(
            "delimiter", "bad-delimiter",
            "expected one character that separates fields, such as \";\" or \"\\t\", found " + shown(*d));
      }
    }
  }

  void column_names(const toml_value& table) {
    toml_table in(problems_, table, table.where);
    const auto needed = [&](std::string_view key, std::string_view example, source_word& to) {
      if (in.require(key, example)) to = word(in, key);
    };
    needed("incident", "\"number\"", out_.incident);
    needed("time", "\"sys_updated_at\"", out_.time);
    needed("state", "\"incident_state\"", out_.state);
    out_.severity.column = word(in, "severity");
    out_.tier.column = word(in, "tier");
    out_.region.column = word(in, "region");
    out_.category.column = word(in, "category");
    out_.channel.column = word(in, "channel");
    out_.contract = word(in, "contract");
    out_.sequence = word(in, "sequence");
    out_.reported = word(in, "reported");
    out_.judged = word(in, "judged");
    in.finish();
  }

  // "P1" for every incident, or a table of the export's words.
  void name_of(toml_table& in, std::string_view key, source_name& to, bool needed) {
    const toml_value* v = in.get(key);
    if (v != nullptr && v->kind == toml_kind::text) {
      to.always = word(in, key);
      if (!to.column.text.empty())
        in.error(key, "two-origins",
                 "a column of " + std::string(key) + " is named, too: expected one of the two");
      return;
    }
    if (v != nullptr) v = in.get(key, toml_kind::table);
    if (v != nullptr) {
      toml_table words(problems_, *v, v->where);
      for (const toml_member& m : v->members) to.words.emplace(m.key, word(words, m.key));
      if (to.column.text.empty())
        in.error(key, "words-without-column",
                 "expected [column] to name the column of these words: " + std::string(key));
    } else if (needed && to.column.text.empty() && !in.has(key)) {
      in.error(key, "missing-key",
               "expected " + std::string(key) + ", one name for all incidents, or its column in [column]");
    }
  }

  void severity_change(toml_table& in) {
    const toml_value* v = in.get("severity_change", toml_kind::table);
    if (v == nullptr) return;
    toml_table of(problems_, *v, v->where);
    if (of.require("cause", "\"corrected\""))
      out_.severity_change = of.choice("cause", change_causes).value_or(out_.severity_change);
    of.finish();
  }

  void states(toml_table& in) {
    if (!in.require("state", "[state], what entering each state means")) return;
    const toml_value* all = in.get("state", toml_kind::table);
    if (all == nullptr) return;
    for (const toml_member& m : all->members) {
      if (m.value.kind != toml_kind::table) {
        problems_.error(m.value.where, "wrong-type",
                        "expected state " + shown(m.key) +
                            " to be a table such as { moment = \"resolved\" }, found " +
                            std::string(name(m.value.kind)));
        continue;
      }
      toml_table of(problems_, m.value, m.where);
      source_state s;
      s.moment = word(of, "moment");
      s.pause = word(of, "pause");
      s.closes = of.flag("closes", false);
      of.finish();
      out_.states.emplace(m.key, std::move(s));
    }
  }

  void judged(toml_table& in) {
    const toml_value* v = in.get("judged", toml_kind::table);
    if (v == nullptr) {
      if (!out_.judged.text.empty())
        problems_.error(out_.judged.where, "missing-key",
                        "expected [judged] to say what the words of this column mean");
      return;
    }
    toml_table of(problems_, *v, v->where);
    if (of.require("clock", "\"resolution\"")) out_.judged_clock = word(of, "clock");
    const auto words = [&](std::string_view key, std::string_view example, std::vector<std::string>& to) {
      if (!of.require(key, example)) return;
      for (const std::string_view w : of.texts(key).value_or(std::vector<std::string_view>()))
        to.emplace_back(w);
    };
    words("met", "[\"TRUE\"]", out_.judged_met);
    words("missed", "[\"FALSE\"]", out_.judged_missed);
    if (out_.judged.text.empty())
      of.error("clock", "words-without-column",
               "expected [column] to name the column of these words: judged");
    of.finish();
  }

  problem_list& problems_;
  source out_;
};

}  // namespace
}  // namespace detail

loaded<source> parse_source(std::string name, std::string text) {
  detail::problem_list problems(std::move(name), std::move(text));
  source out = detail::source_reader(problems).run();
  return {std::move(out), problems.take()};
}

loaded<source> load_source(const std::string& path) {
  auto text = read_text(path, {.bytes = detail::toml_most_bytes});
  if (!text) return loaded<source>(text.diagnostics());
  return parse_source(path, std::move(text).value());
}

}  // namespace v0
}  // namespace sla
