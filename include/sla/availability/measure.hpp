// SPDX-License-Identifier: MIT
#pragma once

// Measures the availability of a window from the outages recorded, by a contract's rules.
//
//     sla::measurement m = sla::measure(sla::calendar_month(2026y / 10, shanghai), outages, rules);
//     // 400 s down in October: m.counted == 400s, m.availability == 1 - 400/2678400, shown as 99.98 %
//
// Outages come in any order and any number of times, from a span that is only read; those of other months may be
// among them, and must be where they touch this one: a minimum duration is asked of whole outages. The result is a
// function of the arguments alone, and its bytes do not depend on their order (rules A4, A10).
//
// The hard question: the window is not over. Then the figure is that of the whole window, as if nothing more went
// wrong; outages that begin at or after `as_of` and announcements made after it are not seen, outages that go on after
// it count up to it, and the result says that it is provisional.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include <sla/availability/excuse.hpp>
#include <sla/availability/measurement.hpp>
#include <sla/availability/outage.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/wide.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {
namespace detail {

/// Downtime that counts, of one record.
struct down_part {
  interval span;
  std::uint32_t row = 0;
  // Nearly every comparison is decided by the begin.
  friend constexpr bool operator<(const down_part& a, const down_part& b) noexcept {
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.span.end != b.span.end ? a.span.end < b.span.end : a.row < b.row;
  }
};

[[nodiscard]] constexpr std::chrono::seconds rounded(std::chrono::seconds s,
                                                     const outage_rounding& how) noexcept {
  if (how.unit.count() <= 0) return s;
  const auto units = mul_div(s.count(), 1, how.unit.count(), how.mode);
  const auto whole = units ? checked_mul(*units, how.unit.count()) : std::nullopt;
  return whole ? std::chrono::seconds(*whole) : s;
}

/// One measurement in the making.
class measuring {
 public:
  /// `known_at`: up to when announcements are seen.
  measuring(const window& over, const availability_rules& rules, instant as_of, bool keep, instant known_at)
      : rules_(rules),
        keep_(keep),
        as_of_(as_of.is_finite() ? as_of : instant::latest()),
        known_at_(known_at.is_finite() ? known_at : instant::latest()),
        span_(over.span),
        hours_(rules.denominator.what == denominator_rule::service_hours ? rules.denominator.hours
                                                                         : nullptr) {
    m_.window = over;
    m_.as_of = as_of_;
    m_.rounding = rules.rounding;
    m_.hours = hours_;
    m_.provisional = as_of_ < span_.end || (hours_ != nullptr && rests_on_unknown(*hours_, span_));
  }

  [[nodiscard]] measurement run(std::span<const outage> outages) {
    if (!m_.window.is_known()) {
      m_.no_data = m_.provisional = true;
      return std::move(m_);
    }
    excuser excuses(rules_.exclusions, span_, known_at_);
    std::vector<tagged_part> tagged;
    if (!keep_ && stream(outages, excuses)) {
      // All is counted.
    } else if (is_plain(outages, excuses)) {
      unite(outages);
    } else {
      read(outages, excuses);
      tagged = excuses.split(claims_);
      for (const tagged_part& part : tagged)
        if (part.what != fate::excused) live_.push_back({part.span, part.row});
      const auto begin_of = [](const down_part& d) { return d.span.begin; };
      if (!std::ranges::is_sorted(live_, {}, begin_of)) std::sort(live_.begin(), live_.end());
      if (keep_) reserve_lines();
      unite(std::span<const down_part>(live_));
    }
    m_.provisional = m_.provisional || excuses.provisional();
    account(tagged, outages);
    conclude();
    return std::move(m_);
  }

 private:
  template <class Stretch>
  [[nodiscard]] std::chrono::seconds seconds_in(const Stretch& s) const noexcept {
    return detail::seconds_in(hours_, s);
  }

  // Sorts records into downtime, claims to an exclusion, and what is no interval at all.
  void read(std::span<const outage> outages, const excuser& excuses) {
    live_.reserve(outages.size());
    for (const outage& o : outages) {
      if (!o.span.begin.is_finite() || o.span.end < o.span.begin) {
        drop(o, fate::reversed);
      } else if (o.span.empty()) {
        drop(o, fate::empty);
      } else if (o.span.begin >= as_of_) {
        drop(o, fate::not_yet);
      } else {
        const interval seen{o.span.begin, std::min(o.span.end, as_of_)};
        if (o.span.end > as_of_ && !intersect(seen, span_).empty()) m_.provisional = true;
        if (o.cause == not_measured) {
          unmeasured_.push_back({seen, o.row});
          if (rules_.unknown != unmeasured_time::down) continue;
        }
        if (excuses.concerns(o.cause, seen)) {
          claims_.push_back({seen, o.cause, o.row});
        } else {
          live_.push_back({seen, o.row});
        }
      }
    }
  }
  // A record that is no interval is listed where the window it was meant for may be this one.
  void drop(const outage& o, fate why) {
    const auto [from, to] = std::minmax(o.span.begin, o.span.end);
    if (from.is_finite() && (to < span_.begin || from >= span_.end)) return;
    list(o.span, {}, why, no_exclusion, o.row);
  }

  // Counts records that come in order of time in one pass; false, and nothing counted, where they do not, or where an
  // exclusion or a reason to drop one has a say.
  [[nodiscard]] bool stream(std::span<const outage> outages, const excuser& excuses) {
    const measurement untouched = m_;
    const std::chrono::seconds gap = std::max(rules_.merge_gap, std::chrono::seconds(0));
    interval whole{instant::earliest(), instant::earliest()};
    instant before = whole.begin, reach = whole.end;  // a record up to `reach` belongs to `whole`
    for (const outage& o : outages) {
      const interval& s = o.span;
      if (s.begin < before || s.end <= s.begin || s.begin >= as_of_ || o.cause == not_measured ||
          (!rules_.exclusions.empty() && excuses.concerns(o.cause, seen(o).span))) {
        m_ = untouched;
        gaps_.clear();
        return false;
      }
      before = s.begin;
      instant end = s.end;
      if (end > as_of_) {
        end = as_of_;
        m_.provisional = m_.provisional || !intersect({s.begin, end}, span_).empty();
      }
      if (s.begin > reach || whole.empty()) {
        close(whole, 0);
        whole = {s.begin, end};
      } else if (end > whole.end) {
        if (s.begin > whole.end) gaps_.push_back(intersect({whole.end, s.begin}, span_));
        whole.end = end;
      } else {
        continue;
      }
      reach = whole.end + gap;
    }
    close(whole, 0);
    return true;
  }

  // Whether the records are in order of time already, and no exclusion or reason to drop one has a say: then they
  // need not be copied. Makes room for their lines, which are long.
  [[nodiscard]] bool is_plain(std::span<const outage> outages, const excuser& excuses) {
    instant before = instant::earliest(), until = before;
    std::size_t lines = 0;
    for (const outage& o : outages) {
      if (o.span.begin < before || o.span.end <= o.span.begin || o.span.begin >= as_of_ ||
          o.cause == not_measured || (!rules_.exclusions.empty() && excuses.concerns(o.cause, seen(o).span)))
        return false;
      before = o.span.begin;
      if (o.span.end <= span_.begin || o.span.begin >= span_.end) continue;
      lines += o.span.begin > until ? 1 : 0;
      until = std::max(until, o.span.end);
    }
    if (keep_) m_.derivation.reserve(lines);
    return true;
  }
  [[nodiscard]] down_part seen(const outage& o) const noexcept {
    return {{o.span.begin, std::min(o.span.end, as_of_)}, o.row};
  }
  [[nodiscard]] static const down_part& seen(const down_part& d) noexcept { return d; }
  [[nodiscard]] bool goes_on(const outage& o) const noexcept { return o.span.end > as_of_; }
  [[nodiscard]] static bool goes_on(const down_part&) noexcept { return false; }  // read() has asked

  // Steps 2 to 6: one pass over the records in order of begin.
  template <class Record>
  void unite(std::span<const Record> records) {
    const std::chrono::seconds gap = std::max(rules_.merge_gap, std::chrono::seconds(0));
    if (keep_) m_.rows.reserve(records.size());
    interval whole;
    std::size_t first_row = 0;
    const auto take = [&](const down_part& d) {
      if (!whole.empty() && d.span.begin <= whole.end + gap) {
        if (d.span.begin > whole.end) gaps_.push_back(intersect({whole.end, d.span.begin}, span_));
        whole.end = std::max(whole.end, d.span.end);
        if (keep_ && m_.rows.back() != d.row) m_.rows.push_back(d.row);
        return;
      }
      close(whole, first_row);
      whole = d.span;
      first_row = m_.rows.size();
      if (keep_) m_.rows.push_back(d.row);
    };
    std::vector<down_part> tied;
    for (std::size_t i = 0; i < records.size();) {
      std::size_t j = i + 1;
      while (j < records.size() && records[j].span.begin == records[i].span.begin) ++j;
      for (std::size_t k = i; k < j; ++k)
        if (goes_on(records[k]) && !intersect(seen(records[k]).span, span_).empty()) m_.provisional = true;
      if (j == i + 1) {
        take(seen(records[i]));
      } else {
        // Totally, so that rows come in one order too.
        tied.clear();
        for (std::size_t k = i; k < j; ++k) tied.push_back(seen(records[k]));
        std::sort(tied.begin(), tied.end());
        for (const down_part& d : tied) take(d);
      }
      i = j;
    }
    close(whole, first_row);
  }
  [[gnu::always_inline]] void close(const interval& whole, std::size_t first_row) {
    const interval inside = intersect(whole, span_);
    if (inside.empty()) {
      m_.rows.resize(first_row);
    } else {
      finish(whole, inside, first_row);
    }
  }
  // Growing into them would cost more than counting them first.
  void reserve_lines() {
    std::size_t lines = 0;
    instant until = instant::earliest();
    for (const down_part& d : live_) {
      if (d.span.end <= span_.begin || d.span.begin >= span_.end) continue;
      lines += d.span.begin > until ? 1 : 0;
      until = std::max(until, d.span.end);
    }
    m_.derivation.reserve(lines);
  }
  [[gnu::always_inline]] void finish(const interval& whole, const interval& inside, std::size_t first_row) {
    const std::chrono::seconds exact = seconds_in(inside);
    std::chrono::seconds counted = exact;
    const bool counts = rules_.minimum.admits(whole.length());
    if (counts) {
      if (rules_.rounding.what == outage_rounding::each) [[unlikely]]
        counted = rounded(exact, rules_.rounding);
      m_.exact += exact;
      m_.counted += counted;
      m_.longest = std::max(m_.longest, exact);
      if (span_.contains(hours_ != nullptr ? hours_->next_open(whole.begin) : whole.begin) &&
          exact.count() != 0)
        ++m_.outages;
    } else {
      m_.too_short += exact;
    }
    if (!claims_.empty() || !unmeasured_.empty()) united_.push_back(inside);
    if (!keep_) return;
    const auto row = static_cast<std::uint32_t>(first_row);
    m_.derivation.push_back({inside, exact, counts ? counted : std::chrono::seconds(0),
                             counts ? fate::counted : fate::too_short, no_exclusion, row,
                             static_cast<std::uint32_t>(m_.rows.size()) - row, whole});
  }

  // What tags excused and did not, and what nobody measured; the reconciliation.
  void account(std::span<const tagged_part> tagged, std::span<const outage> outages) {
    const interval_set united(std::move(united_));
    std::vector<interval> excused, refused, removed;
    for (const tagged_part& part : tagged) {
      const interval inside = intersect(part.span, span_);
      if (inside.empty() || part.what == fate::counted) continue;
      const bool is_excused = part.what == fate::excused;
      (is_excused ? excused : refused).push_back(inside);
      if (is_excused && rules_.exclusions[part.exclusion].effect == exclusion_effect::both_sides)
        removed.push_back(inside);
      const std::chrono::seconds net =
          is_excused ? seconds_in(interval_set{inside} - united) : seconds_in(inside);
      list(inside, net, part.what, part.exclusion, part.row);
    }
    const interval_set let_off(std::move(excused));
    m_.excluded = seconds_in(let_off - united);
    m_.refused = seconds_in(interval_set(std::move(refused)));
    m_.bridged = seconds_in(interval_set(std::move(gaps_)) - let_off);
    m_.down = m_.exact + m_.too_short + m_.excluded - m_.bridged;
    if (!unmeasured_.empty()) account_unmeasured(outages, removed);
    m_.removed = seconds_in(interval_set(std::move(removed)) - united);
  }
  void account_unmeasured(std::span<const outage> outages, std::vector<interval>& removed) {
    std::vector<interval> recorded, parts;
    for (const outage& o : outages)
      if (o.cause != not_measured && o.span.begin.is_finite())
        recorded.push_back(intersect({o.span.begin, std::min(o.span.end, as_of_)}, span_));
    const interval_set known(std::move(recorded));
    for (const down_part& u : unmeasured_) {
      const interval inside = intersect(u.span, span_);
      if (inside.empty()) continue;
      list(inside, seconds_in(interval_set{inside} - known), fate::unmeasured, no_exclusion, u.row);
      parts.push_back(inside);
    }
    const interval_set presumed = interval_set(std::move(parts)) - known;
    m_.unmeasured = seconds_in(presumed);
    if (rules_.unknown == unmeasured_time::leave_out)
      removed.insert(removed.end(), presumed.begin(), presumed.end());
  }

  void conclude() {
    merge_extras();
    if (m_.rounding.what == outage_rounding::sum) m_.counted = rounded(m_.exact, m_.rounding);
    m_.denominator = std::max(full_denominator() - m_.removed, std::chrono::seconds(0));
    m_.no_data = m_.denominator.count() == 0;
    if (!m_.no_data) {
      const std::chrono::seconds lost = std::clamp(m_.counted, std::chrono::seconds(0), m_.denominator);
      m_.availability = ratio((m_.denominator - lost).count(), m_.denominator.count());
    }
  }
  [[nodiscard]] std::chrono::seconds full_denominator() const noexcept {
    switch (rules_.denominator.what) {
      case denominator_rule::elapsed: break;
      case denominator_rule::nominal_days:
        if (m_.window.days > 0) return std::chrono::days(m_.window.days);
        break;
      case denominator_rule::fixed: return rules_.denominator.length;
      case denominator_rule::service_hours:
        // Hours that do not cover the window say nothing about it.
        if (hours_ == nullptr || !hours_->covers(span_.begin) || !hours_->covers(span_.end))
          return std::chrono::seconds(0);
        return seconds_in(span_);
    }
    return span_.length();
  }

  // A line from one record, besides the outages.
  struct extra {
    kept_or_dropped line;
    std::uint32_t row = 0;
  };
  [[nodiscard]] static auto order(const kept_or_dropped& l) noexcept {
    return std::tuple(l.span.begin, l.span.end, l.what, l.exclusion);
  }
  void list(const interval& span, std::chrono::seconds exact, fate what, std::uint8_t exclusion,
            std::uint32_t row) {
    if (keep_) extras_.push_back({{span, exact, {}, what, exclusion, 0, 0, {}}, row});
  }
  // Puts the extra lines among the outages, in order. A record read twice makes one line, with the rows of both.
  void merge_extras() {
    if (extras_.empty()) return;
    std::ranges::sort(extras_, {},
                      [](const extra& e) { return std::tuple_cat(order(e.line), std::tuple(e.row)); });
    std::vector<kept_or_dropped> lines;
    lines.reserve(m_.derivation.size() + extras_.size());
    auto outage_line = m_.derivation.begin();
    const kept_or_dropped* last = nullptr;
    for (const extra& e : extras_) {
      if (last == nullptr || order(*last) != order(e.line)) {
        const auto before =
            std::ranges::lower_bound(outage_line, m_.derivation.end(), order(e.line), {}, &measuring::order);
        lines.insert(lines.end(), outage_line, before);
        outage_line = before;
        lines.push_back(e.line);
        lines.back().first_row = static_cast<std::uint32_t>(m_.rows.size());
      } else if (m_.rows.back() == e.row) {
        continue;
      }
      last = &lines.back();
      m_.rows.push_back(e.row);
      ++lines.back().row_count;
    }
    lines.insert(lines.end(), outage_line, m_.derivation.end());
    m_.derivation = std::move(lines);
  }

  const availability_rules& rules_;
  bool keep_;
  instant as_of_, known_at_;
  interval span_;
  const business_time* hours_;
  measurement m_;
  std::vector<down_part> live_, unmeasured_;
  std::vector<claim> claims_;
  std::vector<interval> united_, gaps_;
  std::vector<extra> extras_;
};

}  // namespace detail

/// The availability of `over`. n log n in the number of outages; n where they are in order of begin.
[[nodiscard]] inline measurement measure(const window& over, std::span<const outage> outages,
                                         const availability_rules& rules = {},
                                         instant as_of = instant::latest()) {
  return detail::measuring(over, rules, as_of, true, as_of).run(outages);
}
/// The same figures without the intervals behind them: less time, and no memory for a line each.
[[nodiscard]] inline availability_figures measure_figures(const window& over, std::span<const outage> outages,
                                                          const availability_rules& rules = {},
                                                          instant as_of = instant::latest()) {
  return detail::measuring(over, rules, as_of, false, as_of).run(outages);
}

}  // namespace v0
}  // namespace sla
