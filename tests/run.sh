#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing (Debian, Ubuntu), builds the `dev` preset and runs every test; ends with the summary.
# Arguments go to ctest: sh tests/run.sh -R T3_
set -eu
cd "$(dirname "$0")/.."
. cmake/packages.sh
sla_install $sla_packages
sla_build dev
ctest --preset dev --output-on-failure --no-tests=error --progress "$@"
