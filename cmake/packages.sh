# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2086
# Sourced by tests/run.sh, examples/run.sh and .ci/run, from the top of the tree: what the build needs from the
# system, and how the `dev` preset is configured and built quietly.

sla_packages="g++ cmake ninja-build ccache pkg-config locales tzdata libfmt-dev libhowardhinnant-date-dev
  libtomlplusplus-dev nlohmann-json3-dev libcli11-dev libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev"

# Installs the packages named, where apt can; elsewhere names them.
sla_install() {
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    # Other systems have other names, so nothing is known to be missing until the build looks for it.
    if command -v cmake >/dev/null 2>&1 && command -v ninja >/dev/null 2>&1; then return 0; fi
    echo "this is not Debian or Ubuntu: install what your system calls these, then run again:" >&2
    echo "  $*" | tr -s ' \n' ' ' >&2
    echo >&2
    return 1
  fi
  sla_missing=
  for sla_package in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$sla_package" 2>/dev/null) in
      "install ok installed") ;;
      *) sla_missing="$sla_missing $sla_package" ;;
    esac
  done
  [ -n "$sla_missing" ] || return 0
  sla_sudo=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "missing packages, and no right to install them; as root run: apt-get install$sla_missing" >&2
      return 1
    fi
    sla_sudo=sudo
  fi
  echo "installing:$sla_missing"
  # As arguments of env, so that sudo does not drop it.
  sla_quietly apt-update $sla_sudo apt-get update -qq &&
    sla_quietly apt-install $sla_sudo env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $sla_missing
}

# sla_quietly NAME COMMAND...: silent unless it fails, then its whole output.
sla_quietly() {
  sla_log=build/log/$1.txt
  shift
  mkdir -p build/log
  "$@" >"$sla_log" 2>&1 </dev/null && return 0
  sla_status=$?
  cat "$sla_log" >&2
  echo "failed: $*" >&2
  return "$sla_status"
}

# sla_build PRESET [TARGET]: configures where needed and builds.
sla_build() {
  echo "building (preset $1, log in build/log/)"
  if ! sla_quietly "$1-configure" cmake --preset "$1"; then
    echo "the build needs cmake 3.24 or later and what Debian calls:" $sla_packages >&2
    return 1
  fi
  sla_quietly "$1-build" cmake --build --preset "$1" ${2:+--target "$2"}
}
