// SPDX-License-Identifier: MIT
#pragma once

// What a good contract manager would warn about: the catalogue. Each entry has a code for machines, a name for people,
// what it means and what to do. lint.hpp finds them in a policy.
//
//     sla::find_lint_rule("L012")->name            // "resolution-before-onsite"
//
// The hard question: a warning about something that is meant. A policy allows it by its code, with the reason beside
// it, and whoever reads the contract later finds both:
//
//     [[allow]]
//     lint = "L012"
//     reason = "the flagship is repaired remotely first"
//
// An allowance that has nothing left to allow is itself told (L000), so that reasons do not outlive their cause.
//
// What no policy can leave open is no lint but an error: the zone, on which side of its bound a row pays, within what a
// remedy is claimed.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace sla {
inline namespace v0 {

struct lint_rule {
  std::string_view code;
  std::string_view name;
  std::string_view meaning;
  std::string_view advice;
};

inline constexpr std::array<lint_rule, 28> lint_rules{{
    {"L000", "allowed-in-vain", "The policy allows a finding that is not there any more.",
     "Remove the allowance, or its reason will be read as still true."},
    {"L001", "commitment-without-remedy",
     "An availability or a service level is promised and nothing is owed where it is missed: the promise "
     "costs the vendor nothing.",
     "State a credit over it, or say that the figure is an aim and no promise."},
    {"L002", "commitment-above-first-bound",
     "What is promised lies above the first bound that pays, so that a miss between the two is free.",
     "Let the first row of the credit begin at the promise."},
    {"L003", "bracket-above-cap",
     "A row of a credit pays more than the cap on it allows: nobody will ever receive what the row says.",
     "Raise the cap or lower the row, so that the table says what is paid."},
    {"L004", "no-cap", "Credits are owed and nothing bounds what they add up to.",
     "State a cap a month, as a share of the fee."},
    {"L005", "unstated-combination",
     "Several clauses may pay for one month, and the policy does not say whether they add up or the largest "
     "counts.",
     "State combine = \"sum\", \"max\" or \"root cause\" under [compensation]."},
    {"L006", "minimum-beyond-allowance",
     "An outage must last longer to count than the promise allows in a whole month: single outages can never "
     "miss it.",
     "Shorten the minimum to well below the allowance."},
    {"L007", "unlimited-maintenance",
     "A cause excuses downtime at any hour and to any amount: the availability promises nothing against it.",
     "Keep it within the hours of a calendar, or give it a quota a month."},
    {"L008", "highest-severity-on-business-hours",
     "The highest severity is counted in business time, so that it waits over nights, weekends and holidays.",
     "Promise the highest severity by the wall clock."},
    {"L009", "no-response-for-highest-severity",
     "Nobody promises how soon an incident of the highest severity is answered.", "State a response for it."},
    {"L010", "looser-for-higher-severity", "A graver incident may take longer than a lighter one.",
     "Tighten the one or loosen the other; severities are listed from the highest."},
    {"L011", "looser-for-higher-tier", "A higher tier is promised less than the one below it.",
     "Tighten it, or list the tiers from the lowest to the highest."},
    {"L012", "resolution-before-onsite", "The fault is due to be repaired before anybody is due at the site.",
     "Let the repair be due after the arrival, or promise the arrival sooner."},
    {"L013", "unreachable-row",
     "A target decides no incident, because more specific rows state everything it does.",
     "Remove the row, or the selector that was meant to be different."},
    {"L014", "uncovered-combination", "For some incidents nothing is promised at all.",
     "Add a target for them, or a general one that covers them too."},
    {"L015", "uncapped-customer-pause",
     "Waiting for the customer stops a clock for as long as it lasts, and incidents rest there unnoticed.",
     "Give the pause a cap in the clock's own time."},
    {"L016", "vendor-side-pause",
     "A clock stops while the vendor, or a supplier of the vendor's choice, is the one who is late.",
     "Record the pause for attribution and let it stop nothing."},
    {"L017", "stop-without-confirmation",
     "The vendor alone says when a fault is repaired: a clock stopped too early is never started again.",
     "State a confirmation span in which the customer may reject."},
    {"L018", "onsite-started-by-vendor",
     "The arrival is counted from an act of the vendor's, so that it is due only once the vendor wants it to "
     "be.",
     "Start it at the report, or at the customer's request."},
    {"L019", "onsite-without-region", "An arrival is promised alike for every place, however far.",
     "List the regions, and promise each what can be reached."},
    {"L020", "holidays-end",
     "The holidays of a calendar are known for less than a year from when the policy is in force: what is "
     "due later is "
     "provisional.",
     "Load the next year's holidays when they are published."},
    {"L021", "refund-of-the-time-down",
     "All that a miss pays is the fee of the time that was down: a few yuan for an afternoon without "
     "service.",
     "State a table of steps, or a multiple of the time down."},
    {"L022", "short-claim-window",
     "A remedy is lost unless the customer claims it within less than a month of service.",
     "Leave at least 30 days, or pay without a claim."},
    {"L023", "long-window",
     "The availability is measured over more than a month, so that one long outage is averaged away.",
     "Measure by the month."},
    {"L024", "zero-base",
     "Another clause names the fee that stands in where a fee is 0, so that free periods exist; a share of "
     "this "
     "clause's fee is nothing in them, and a cap of nothing takes all that others pay.",
     "Name the reference fee here too."},
    {"L025", "unquantified-promise",
     "A time is promised without a number, as \"as soon as possible\": it can be neither kept nor missed.",
     "Agree on a time, or take the promise out of what is judged."},
    {"L026", "slot-beyond-allowance",
     "One slot that is down is longer than all that the promise allows in a window: a single slot misses it, "
     "and the "
     "promise is one of no failure at all.",
     "Shorten the slots to well below the allowance, or measure the mean of their rates."},
    {"L027", "sample-below-allowance",
     "A share is judged on so few cases that one failure misses it, though the promise allows for failures.",
     "State a minimum_sample in which one failure is allowed; windows with fewer are no data."},
}};

/// Weaknesses that loading itself warns of, as they leave open what is owed (rules M0, M3) or when a calendar is open:
/// named by words. An allowance silences them in a file, too.
inline constexpr std::array<lint_rule, 10> warning_rules{{
    {"gap", "gap-in-a-table",
     "A table says nothing of some figures between its rows: every reading is settled, and the parties will "
     "argue.",
     "Let each row begin where the one before it ends."},
    {"overlap", "overlapping-rows", "Two rows of a table hold for the same figure; the deeper one pays.",
     "Let each row end where the next one begins."},
    {"repeated-bound", "repeated-bound",
     "Two rows of a table have one bound, and it is undefined which rate is paid.", "Keep one of the two."},
    {"not-monotone", "less-for-worse", "A worse figure pays less than a better one.",
     "Order the rates as the bounds are ordered."},
    {"rate-above-fee", "more-than-the-fee",
     "A row pays more than the whole fee, which is often a slip of the pen.",
     "Lower the rate, or allow it where it is meant."},
    {"misspelt-moment", "misspelt-moment",
     "A clock starts or stops at a moment that looks like a ready one misspelt: no record may ever report "
     "it.",
     "Correct the name, or give the policy's own moment one that cannot be mistaken."},
    {"unstated-window", "unstated-window",
     "An availability is promised and no row says over which window: the vendor may read a year.",
     "State window = \"calendar month\"."},
    {"closing-before-midnight", "closing-before-midnight",
     "Hours that close at 23:59 leave out the time up to midnight: a clock stands still over it every day.",
     "Write 24:00, or allow it where the minute is meant."},
    {"holidays-begin-later", "holidays-begin-later",
     "A calendar covers years before the first that its holidays are known of: in those no day is a holiday.",
     "State cover = [2026, 2036] with a first year whose holidays are known, or load those of the years "
     "before."},
    {"date-outside-year", "date-outside-year",
     "A holiday file lists a date under another year: it is often a slip of the pen, and the day that was "
     "meant is missing.",
     "Correct the date, or move it to the year it belongs to."},
}};

/// The entry of that code, of a lint or of a warning; nothing where there is none.
[[nodiscard]] constexpr std::optional<lint_rule> find_lint_rule(std::string_view code) noexcept {
  for (const lint_rule& r : lint_rules)
    if (r.code == code) return r;
  for (const lint_rule& r : warning_rules)
    if (r.code == code) return r;
  return std::nullopt;
}
/// Whether it is a warning's, which loading finds.
[[nodiscard]] constexpr bool is_warning_rule(std::string_view code) noexcept {
  for (const lint_rule& r : warning_rules)
    if (r.code == code) return true;
  return false;
}
/// The codes of all lints.
[[nodiscard]] inline std::vector<std::string_view> lint_codes() {
  std::vector<std::string_view> out;
  for (const lint_rule& r : lint_rules) out.push_back(r.code);
  return out;
}
/// The codes that an allowance may name: of lints and of warnings.
[[nodiscard]] inline std::vector<std::string_view> allowable_codes() {
  std::vector<std::string_view> out = lint_codes();
  for (const lint_rule& r : warning_rules) out.push_back(r.code);
  return out;
}

}  // namespace v0
}  // namespace sla
