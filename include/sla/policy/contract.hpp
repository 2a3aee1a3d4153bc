// SPDX-License-Identifier: MIT
#pragma once

// Who bought what: a customer, a tier, a region, the services, the fee and the zone of its dates.
//
//     sla::contract c{.id = "C-001", .customer = "浦江银行", .tier = *policy.find_tier("flagship"), .region = 0,
//                     .services = {"voice", "recording"}, .monthly_fee = sla::money::minor(1'200'000, sla::cny)};
//
// The hard question: a contract covers two services and one of them fails, is the contract down? Here it is: the
// contract is unavailable while any of its services is, and a second that two of them are down counts once.
//
// What was bought changes on a date: a contract moves up to another tier, its fee rises, a service is added. Then it has
// later terms, each whole and with its own first date (policy/contract_phases.hpp).
//
// A contract's zone says when its months, terms and claim periods begin and end, and how its statement shows times.
// Calendars keep their own zones, and records are read in the policy's.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sla/availability/outage.hpp>
#include <sla/base/money.hpp>
#include <sla/calendar/zone.hpp>
#include <sla/clock/event.hpp>
#include <sla/compensation/base.hpp>
#include <sla/policy/policy.hpp>

namespace sla {
inline namespace v0 {

/// Of terms whose names the policy cannot read: an amended one knows no tier that came or went.
inline constexpr std::uint8_t no_tier = 255;

struct contract {
  std::string id = {};
  std::string customer = {};
  std::uint8_t tier = 0;
  std::uint8_t region = 0;
  std::vector<std::string> services = {};
  money monthly_fee = money::minor(0, cny);
  fee_tax fee_is_taxed = fee_tax::unstated;     ///< of the monthly fee
  fee_price fee_is_paid = fee_price::unstated;  ///< of the monthly fee: what is paid, or the list's
  std::vector<fee> fees = {};                   ///< every other, by named_fee
  std::int64_t seats = 1;
  std::optional<std::chrono::year_month_day> from = {};   ///< its first date: anniversaries begin its years
  std::optional<std::chrono::year_month_day> until = {};  ///< its last date; none: it goes on
  std::optional<sla::zone> zone = {};                     ///< of its dates; none: the policy's
  std::vector<contract> later = {};  ///< its terms from later dates on, in order, each with its `from`
};

/// Calls a function with every terms of a contract, in their order.
template <class Visit>
void for_each_terms(const contract& c, const Visit& visit) {
  visit(c);
  for (const contract& next : c.later) visit(next);
}

/// The services that a contract lists at any time, each once.
[[nodiscard]] inline std::vector<std::string> services_of(const contract& c) {
  std::vector<std::string> all = c.services;
  for (const contract& next : c.later)
    for (const std::string& s : next.services)
      if (std::ranges::find(all, s) == all.end()) all.push_back(s);
  return all;
}

/// The zone in which a contract's dates begin and end.
[[nodiscard]] inline const zone& zone_of(const policy& p, const contract& c) noexcept {
  return c.zone ? *c.zone : p.home();
}

/// An incident as recorded: what it is called, whose it is, how it was graded at report, and what happened.
struct incident {
  std::string id = {};
  std::string contract = {};
  sla::facts facts = {};
  std::vector<event> events = {};
  std::string root_cause = {};  ///< records of one text have one; empty: not known
};

/// An outage of a named service.
struct service_outage {
  std::string service = {};
  std::string id = {};
  outage span = {};
  std::optional<std::int64_t> affected = {};  ///< how many users or instances it hit, where somebody says
  std::string root_cause = {};                ///< as of incidents
};

}  // namespace v0
}  // namespace sla
