#!/usr/bin/env bash
# What it costs to depend on each of them: `build-cost.sh [NAME...]`, all without a name. A Markdown table on the
# standard output.
#
# A scratch crate depends on that one alone, with the features and the version that this package has, and is built in
# release mode from nothing. Needs the package registry, before the clock starts.
set -euo pipefail
cd "$(dirname "$0")"
unset CARGO_TARGET_DIR

scratch=$PWD/target/build-cost
peers=(rusty-s3 s3-presign minio aws-sigv4 reqsign-aws-v4 object_store rust-s3 aws-sdk-s3)
names=(presign presign-fewest "${peers[@]}")
[ $# -eq 0 ] || names=("$@")

# The line for a manifest.
dependency() {
    local presign
    presign=$(realpath ../..)
    case $1 in
        presign) echo "presign = { path = \"$presign\" }" ;;
        presign-fewest) echo "presign = { path = \"$presign\", default-features = false, features = [\"std\"] }" ;;
        *) grep "^$1 = " Cargo.toml || { echo "no peer $1; there are: presign presign-fewest ${peers[*]}" >&2; return 2; } ;;
    esac
}

# What the table calls it.
label() {
    case $1 in
        presign) echo 'presign' ;;
        presign-fewest) echo 'presign, only `std`' ;;
        *) echo "$1" ;;
    esac
}

# The crates in the build, without the scratch crate.
crates() { cargo tree --offline -e normal --prefix none --format '{p}' | grep -v '(\*)' | sed '/^scratch /d' | sort -u | wc -l; }

# User CPU seconds of a build from nothing: unlike the time on the clock, they hardly depend on what else runs.
cpu_seconds() {
    local TIMEFORMAT=%1U
    { time cargo build --offline --release >build.log 2>&1; } 2>&1 || { cat build.log >&2; return 1; }
}

echo '| crate | version | crates | user CPU s |'
echo '|---|---|---:|---:|'
for name in "${names[@]}"; do
    line=$(dependency "$name")
    rm -rf "$scratch" && mkdir -p "$scratch/src"
    cp Cargo.lock "$scratch"
    touch "$scratch/src/lib.rs"
    printf '[workspace]\n[package]\nname = "scratch"\nedition = "2024"\n[dependencies]\n%s\n' "$line" >"$scratch/Cargo.toml"
    (
        cd "$scratch"
        cargo fetch --quiet
        version=$(cargo tree --offline --depth 1 --prefix none --format '{p}' | sed -n '2s/^[^ ]* v\([^ ]*\).*/\1/p')
        count=$(crates)
        echo "| $(label "$name") | $version | $count | $(cpu_seconds) |"
    )
    rm -rf "$scratch"
done
