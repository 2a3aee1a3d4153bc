#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing (Debian, Ubuntu), builds the tool `sla` and shows the main job: what a vendor with three
# tiers owes for October 2026, then the same engine on an export of real incidents.
set -eu
cd "$(dirname "$0")/.."
. cmake/packages.sh
sla_install $sla_packages
sla_build dev sla_examples
sla=build/dev/examples/sla

show() {
  echo
  echo "\$ sla $*"
  "$sla" "$@"
}

show statement --policy examples/policies/shanghai.toml --contracts examples/data/contracts.csv \
  --incidents examples/data/incidents.csv --outages examples/data/outages.csv --month 2026-10

# Source descriptions lie beside the policies and are no policies.
policies=$(grep -l '^policy *=' examples/policies/*.toml)
show check $policies

export=../shared/data/servicenow_incidents.csv
[ -e "$export" ] || export=examples/data/servicenow_sample.csv
show verdicts --policy examples/policies/itil.toml --source examples/policies/servicenow.toml "$export"
