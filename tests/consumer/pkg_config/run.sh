#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh static|shared|core PREFIX WORK COMPILER...: one program, one line, as a makefile would have it.
set -eu
kind=$1 prefix=$2 work=$3
shift 3
package=sla
source=find_package
if [ "$kind" = core ]; then package=sla-core source=core_only; fi

PKG_CONFIG_PATH=$(find "$prefix" -type d -name pkgconfig)
export PKG_CONFIG_PATH
flags=$(pkg-config --cflags --libs "$package")
echo "$package: $flags"
if [ "$kind" = core ] && pkg-config --exists sla; then
  echo "a core-only installation offers sla.pc" >&2
  exit 1
fi

mkdir -p "$work"
# The flags are words to split.
"$@" -std=c++20 "$(dirname "$0")/../$source"/*.cpp $flags -o "$work/consumer"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir "$package") "$work/consumer"
