#!/usr/bin/env bash
# Measures what it costs to depend on each crate, and prints Markdown tables, which `| benches/publish` publishes:
# `build-cost.sh [smaller|larger]`, without an argument both tables.
#
# A scratch crate depends on one crate alone, with the features and the version that this package has, and is built in
# release mode from nothing. Needs the package registry, before the clock starts.
set -euo pipefail
cd "$(dirname "$0")"
unset CARGO_TARGET_DIR

scratch=$PWD/target/build-cost
declare -A crates=(
    [smaller]="presign presign-fewest s3-presign rusty-s3 aws-sigv4"
    [larger]="reqsign-aws-v4 rust-s3 object_store minio aws-sdk-s3"
)
tables=(smaller larger)
[ $# -eq 0 ] || tables=("$@")

# The line for a manifest.
dependency() {
    local presign
    presign=$(realpath ../..)
    case $1 in
        presign) echo "presign = { path = \"$presign\" }" ;;
        presign-fewest) echo "presign = { path = \"$presign\", default-features = false, features = [\"std\"] }" ;;
        *) grep "^$1 = " Cargo.toml ;;
    esac
}

# The name in the table.
label() {
    case $1 in
        presign-fewest) echo 'presign, only `std`' ;;
        *) echo "$1" ;;
    esac
}

# The number of crates in the build, without the scratch crate.
count() { cargo tree --offline -e normal --prefix none --format '{p}' | grep -v '(\*)' | sed '/^scratch /d' | sort -u | wc -l; }

# User CPU seconds of a build from nothing: unlike the time on the clock, they hardly depend on what else runs.
cpu_seconds() {
    local TIMEFORMAT=%1U
    { time cargo build --offline --release >build.log 2>&1; } 2>&1 || { cat build.log >&2; return 1; }
}

# A row of a table.
row() {
    local line count seconds
    line=$(dependency "$1")
    rm -rf "$scratch" && mkdir -p "$scratch/src"
    cp Cargo.lock "$scratch"
    touch "$scratch/src/lib.rs"
    printf '[workspace]\n[package]\nname = "scratch"\nedition = "2024"\n[dependencies]\n%s\n' "$line" >"$scratch/Cargo.toml"
    (
        cd "$scratch"
        cargo fetch --quiet
        count=$(count)
        seconds=$(cpu_seconds)
        echo "| $(label "$1") | $count | $seconds |"
    )
    rm -rf "$scratch"
}

for table in "${tables[@]}"; do
    names=${crates[$table]?no such table, there are: ${!crates[*]}}
    echo "<!-- table: $table crates -->"
    echo '| crate | crates | user CPU s |'
    echo '|---|---:|---:|'
    for crate in $names; do row "$crate"; done
    echo '<!-- end -->'
done
