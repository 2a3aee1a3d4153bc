// SPDX-License-Identifier: MIT
#pragma once

// Downtime that hits a part of the customers, the instances or the function, weighed by that part (rule A5).
//
//     // 20 of 100 instances down for an hour, 50 for its second half
//     std::vector<sla::weighted_outage> down{{{.span = {t, t + 1h}}, 20}, {{.span = {t + 30min, t + 1h}}, 50}};
//     sla::measure_weighted(october, down, {.population = 100}).counted        // 20 * 1800 + 50 * 1800 instance-seconds
//
//     // severities: P1 counts in full, P2 three tenths, P3 not at all
//     const auto scale = sla::common_scale(std::array{100_pct, 30_pct, 0_pct});    // 10; 10, 3, 0
//
// Everything is counted in unit-seconds: seconds times instances, users, or parts of a scale; the denominator is the
// population times the window. Populations may change at stated instants.
//
// The hard question: of two outages at one instant, are 20 and 50 of 100 instances 50 or 70? One may lie in the
// other, or not. `max` takes the greater, the least that can have been down; `clipped_sum` the sum, but never more
// than there are. Rules before the weighing are those of rules.hpp, in the same order; an outage that weighs
// nothing is none. The time between merged outages is down as it is there, and weighs the lesser of what was down just
// before and just after it. What is excused on both sides leaves the population it hit, and not the whole one.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <sla/availability/excuse.hpp>
#include <sla/availability/outage.hpp>
#include <sla/availability/rules.hpp>
#include <sla/availability/seconds_in.hpp>
#include <sla/availability/window.hpp>
#include <sla/base/error.hpp>
#include <sla/base/interval_set.hpp>
#include <sla/base/ratio.hpp>
#include <sla/base/wide.hpp>
#include <sla/calendar/business_time.hpp>

namespace sla {
inline namespace v0 {

/// An outage and how much of the population it hit; weights below 1 hit nothing, those above the population all.
struct weighted_outage {
  outage down;
  std::int64_t weight = 1;
  friend constexpr bool operator==(const weighted_outage&, const weighted_outage&) noexcept = default;
};

/// How much several outages weigh at one instant.
enum class weight_overlap : std::uint8_t { max, clipped_sum };

/// From an instant on there are so many; negative is 0.
struct population_step {
  instant from;
  std::int64_t size = 0;
};

/// Exclusions, merging, the minimum and unknown time are those of availability_rules; weights are not rounded.
struct weight_rules {
  std::int64_t population = 1;               ///< before the first step
  std::span<const population_step> steps{};  ///< in any order; the last of one instant holds
  weight_overlap overlap = weight_overlap::max;
  std::span<const exclusion> exclusions{};
  std::chrono::seconds merge_gap{0};
  minimum_duration minimum{};
  const business_time* hours = nullptr;           ///< service hours: nothing else counts, on either side
  unmeasured_time unknown = unmeasured_time::up;  ///< `down`: the whole population is
};

/// A stretch in which the same part was down.
struct weighed {
  interval span;
  std::int64_t weight = 0;
  std::int64_t population = 0;
  friend constexpr bool operator==(const weighed&, const weighed&) noexcept = default;
};

struct weighted_measurement {
  sla::window window;
  std::int64_t denominator = 0;  ///< unit-seconds
  std::int64_t counted = 0;      ///< unit-seconds
  ratio availability;            ///< 1 - counted / denominator; 0 where there is no data
  bool no_data = false;          ///< a denominator of 0, or a sum of more than 64 bits
  bool provisional = false;
  std::int64_t outages = 0;      ///< that count and began in the window
  std::vector<weighed> profile;  ///< what was down when, in order
};

/// Shares on one scale of whole parts.
struct weight_scale {
  std::int64_t population = 1;
  std::vector<std::int64_t> weights;  ///< beside the shares
};

/// The least scale on which every share is a whole number. Throws sla::error for a share below 0 or above 1, or
/// where the scale leaves 64 bits.
[[nodiscard]] inline weight_scale common_scale(std::span<const ratio> shares) {
  weight_scale s;
  for (const ratio& share : shares) {
    if (share < ratio(0) || share > ratio(1)) detail::fail("a weight is a share from 0 to 1");
    const auto next = detail::checked_mul(s.population / std::gcd(s.population, share.den()), share.den());
    if (!next) detail::fail("the common scale of these weights must fit 64 bits");
    s.population = *next;
  }
  for (const ratio& share : shares) s.weights.push_back(s.population / share.den() * share.num());
  return s;
}

namespace detail {

/// One weighing in the making.
class weighing {
 public:
  weighing(const window& over, const weight_rules& rules, instant as_of)
      : rules_(rules), span_(over.span), as_of_(as_of.is_finite() ? as_of : instant::latest()) {
    m_.window = over;
    m_.provisional = as_of_ < span_.end;
    if (rules_.hours != nullptr && detail::rests_on_unknown(*rules_.hours, span_)) m_.provisional = true;
    steps_.push_back({instant::earliest(), std::max<std::int64_t>(rules.population, 0)});
    // By place where instants are equal, so that the last of them holds.
    std::vector<const population_step*> sorted;
    for (const population_step& s : rules.steps) sorted.push_back(&s);
    std::ranges::sort(sorted, {}, [](const population_step* s) { return std::pair(s->from, s); });
    for (const population_step* s : sorted) {
      if (s->from == steps_.back().from) steps_.pop_back();
      steps_.push_back({s->from, std::max<std::int64_t>(s->size, 0)});
    }
    most_ = std::ranges::max(steps_, {}, &population_step::size).size;
  }

  [[nodiscard]] weighted_measurement run(std::span<const weighted_outage> outages) {
    if (!m_.window.is_known()) {
      m_.no_data = m_.provisional = true;
      return std::move(m_);
    }
    read(outages);
    unite();
    conclude();
    return std::move(m_);
  }

 private:
  struct hit {
    interval span;
    std::int64_t weight;
    friend constexpr bool operator<(const hit& a, const hit& b) noexcept { return a.span < b.span; }
  };

  void read(std::span<const weighted_outage> outages) {
    excuser excuses(rules_.exclusions, span_, as_of_);
    std::vector<claim> claims;
    for (std::size_t i = 0; i < outages.size(); ++i) {
      const outage& o = outages[i].down;
      const interval seen{o.span.begin, std::min(o.span.end, as_of_)};
      if (!o.span.begin.is_finite() || seen.empty()) continue;
      const bool blind = o.cause == not_measured;
      if (!blind && weight_of(outages[i]) == 0) continue;
      if (o.span.end > as_of_ && !intersect(seen, span_).empty()) m_.provisional = true;
      (blind ? blind_ : known_).push_back(intersect(seen, span_));
      if (blind && rules_.unknown != unmeasured_time::down) continue;
      if (excuses.concerns(o.cause, seen)) {
        claims.push_back({seen, o.cause, static_cast<std::uint32_t>(i)});
      } else {
        live_.push_back({seen, weight_of(outages[i])});
      }
    }
    for (const tagged_part& p : excuses.split(claims)) {
      if (p.what != fate::excused) {
        live_.push_back({p.span, weight_of(outages[p.row])});
      } else if (rules_.exclusions[p.exclusion].effect == exclusion_effect::both_sides) {
        removed_.push_back({p.span, weight_of(outages[p.row])});
      }
    }
    m_.provisional = m_.provisional || excuses.provisional();
  }
  [[nodiscard]] std::int64_t weight_of(const weighted_outage& o) const noexcept {
    // No more than the greatest population: it is clipped to the one in force anyway, and sums stay small.
    return o.down.cause == not_measured ? most_ : std::clamp<std::int64_t>(o.weight, 0, most_);
  }

  void unite() {
    std::sort(live_.begin(), live_.end());
    const std::chrono::seconds gap = std::max(rules_.merge_gap, std::chrono::seconds(0));
    for (std::size_t i = 0; i < live_.size();) {
      interval whole = live_[i].span;
      std::size_t j = i + 1;
      for (; j < live_.size() && live_[j].span.begin <= whole.end + gap; ++j)
        whole.end = std::max(whole.end, live_[j].span.end);
      if (!intersect(whole, span_).empty()) {
        std::vector<hit> steps = joined(weigh(std::span<const hit>(live_).subspan(i, j - i)));
        if (rules_.minimum.admits(whole.length())) {
          for (const hit& step : steps) add(intersect(step.span, span_), step.weight);
          const instant first = rules_.hours != nullptr ? rules_.hours->next_open(whole.begin) : whole.begin;
          if (span_.contains(first) && first < whole.end) ++m_.outages;
        }
        down_.insert(down_.end(), steps.begin(), steps.end());
      }
      i = j;
    }
  }

  // What is down when: one pass over the beginnings and ends of parts, between which nothing changes. In order, and
  // without stretches in which nothing is.
  [[nodiscard]] std::vector<hit> weigh(std::span<const hit> parts) const {
    std::vector<std::pair<instant, std::int64_t>> edges;
    for (const hit& p : parts) {
      if (p.span.empty() || p.weight == 0)
        continue;  // by its sign an edge is known for a beginning or an end
      edges.emplace_back(p.span.begin, p.weight);
      edges.emplace_back(p.span.end, -p.weight);
    }
    std::sort(edges.begin(), edges.end());
    std::vector<hit> steps;
    std::multiset<std::int64_t> active;
    wide sum;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const auto [t, w] = edges[i];
      if (rules_.overlap == weight_overlap::clipped_sum) {
        sum = w > 0 ? plus(sum, {0, magnitude(w)}) : minus(sum, {0, magnitude(w)});
      } else if (w > 0) {
        active.insert(w);
      } else {
        active.erase(active.find(-w));
      }
      if (i + 1 == edges.size() || edges[i + 1].first == t) continue;
      const interval span{t, edges[i + 1].first};
      if (rules_.overlap == weight_overlap::clipped_sum) {
        const auto most = static_cast<std::uint64_t>(most_);
        if (const auto all = sum.hi != 0 || sum.lo > most ? most_ : static_cast<std::int64_t>(sum.lo);
            all != 0)
          steps.push_back({span, all});
      } else if (!active.empty()) {
        steps.push_back({span, *active.rbegin()});
      }
    }
    return steps;
  }
  // With the time between merged outages.
  [[nodiscard]] static std::vector<hit> joined(const std::vector<hit>& steps) {
    std::vector<hit> out;
    for (const hit& step : steps) {
      if (!out.empty() && out.back().span.end < step.span.begin)
        out.push_back({{out.back().span.end, step.span.begin}, std::min(out.back().weight, step.weight)});
      out.push_back(step);
    }
    return out;
  }
  void add(const interval& span, std::int64_t weight) {
    for_each_population(span, [&](const interval& part, std::int64_t population) {
      const std::int64_t w = std::min(weight, population);
      if (w == 0) return;
      count(m_.counted, part, w);
      if (!m_.profile.empty() && m_.profile.back().span.end == part.begin && m_.profile.back().weight == w &&
          m_.profile.back().population == population) {
        m_.profile.back().span.end = part.end;
      } else {
        m_.profile.push_back({part, w, population});
      }
    });
  }
  void count(std::int64_t& total, const interval& part, std::int64_t units) {
    const auto product = checked_mul(detail::seconds_in(rules_.hours, part).count(), units);
    const auto sum = product ? checked_add(total, *product) : std::nullopt;
    overflow_ = overflow_ || !sum;
    total = sum.value_or(0);
  }
  template <class Visit>
  void for_each_population(const interval& span, const Visit& visit) const {
    auto i = std::prev(std::ranges::upper_bound(steps_, span.begin, {}, &population_step::from));
    for (; i != steps_.end() && i->from < span.end; ++i) {
      const interval part{std::max(span.begin, i->from),
                          std::next(i) == steps_.end() ? span.end : std::min(span.end, std::next(i)->from)};
      if (!part.empty()) visit(part, i->size);
    }
  }

  void conclude() {
    const bool covered =
        rules_.hours == nullptr || (rules_.hours->covers(span_.begin) && rules_.hours->covers(span_.end));
    if (covered) {
      for_each_population(span_,
                          [&](const interval& part, std::int64_t n) { count(m_.denominator, part, n); });
      std::int64_t removed = 0;
      remove(weigh(removed_), rules_.overlap == weight_overlap::clipped_sum, removed);
      if (rules_.unknown == unmeasured_time::leave_out) {
        std::vector<hit> presumed;
        for (const interval& i : interval_set(std::move(blind_)) - interval_set(std::move(known_)))
          presumed.push_back({i, most_});
        remove(presumed, false, removed);
      }
      m_.denominator -= std::min(removed, m_.denominator);
    }
    m_.no_data = overflow_ || m_.denominator == 0;
    if (!m_.no_data)
      m_.availability = ratio(m_.denominator - std::min(m_.counted, m_.denominator), m_.denominator);
  }

  // Adds up what leaves the denominator: of outages that lie in one another, what no other was down of; of those that
  // do not, what the others left of the population.
  void remove(std::span<const hit> steps, bool apart, std::int64_t& total) {
    for (const hit& step : steps) {
      instant t = step.span.begin;
      auto d = std::ranges::upper_bound(down_, t, {}, [](const hit& h) { return h.span.end; });
      while (t < step.span.end) {
        const bool is_down = d != down_.end() && d->span.begin <= t;
        const instant next = is_down ? d->span.end : d != down_.end() ? d->span.begin : step.span.end;
        const interval part = intersect({t, std::min(next, step.span.end)}, span_);
        const std::int64_t others = is_down ? d->weight : 0;
        for_each_population(part, [&](const interval& i, std::int64_t population) {
          const std::int64_t down = std::min(others, population), own = std::min(step.weight, population);
          count(total, i, apart ? std::min(own, population - down) : std::max<std::int64_t>(own - down, 0));
        });
        if (is_down) ++d;
        t = std::min(next, step.span.end);
      }
    }
  }

  const weight_rules& rules_;
  interval span_;
  instant as_of_;
  weighted_measurement m_;
  std::vector<population_step> steps_;
  std::int64_t most_ = 0;
  std::vector<hit> live_, removed_;
  std::vector<hit> down_;  // all that is down, too short or not, in order
  std::vector<interval> blind_, known_;
  bool overflow_ = false;
};

}  // namespace detail

/// The availability of `over` by weight. n log n in the outages and population steps.
[[nodiscard]] inline weighted_measurement measure_weighted(const window& over,
                                                           std::span<const weighted_outage> outages,
                                                           const weight_rules& rules = {},
                                                           instant as_of = instant::latest()) {
  return detail::weighing(over, rules, as_of).run(outages);
}

}  // namespace v0
}  // namespace sla
