#!/bin/sh
# A job of kpi plan in Spark, a master and two workers as processes of this machine, and the same tables by kpi tables and GNU sort:
# equal by bytes. Then again with an executor, a worker and a child killed on the way.
#   sh Benchmarks/spark/run.sh [WORK]        needs java (default-jre-headless) and python3; PySpark comes from PyPI
# The program is $KPI, else .build/debug/kpi. STORES and SIZE make the sample larger.
set -eu
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:-$(mktemp -d)}
kpi=${KPI:-$root/.build/debug/kpi}
mkdir -p "$work"
cd "$work"
[ -d venv ] || python3 -m venv venv
[ -x venv/bin/spark-sql ] || venv/bin/pip install -q pyspark
SPARK_HOME=$(venv/bin/python -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
SPARK_LOCAL_IP=127.0.0.1
PATH=$work/venv/bin:$PATH
export SPARK_HOME SPARK_LOCAL_IP PATH KPI="$kpi"
rm -rf d plan plan-sort tables sorted spark*
"$kpi" sample d --stores "${STORES:-12}" --months 3 --size "${SIZE:-0.3}"
# The group workload's tables, and every measure with all its columns.
spec=$work/spec.yaml
{
    cat "$root/Benchmarks/group.tables.yaml"
    "$kpi" measures | awk '/^$/ { exit } { print $1 }' | while read -r measure; do
        "$kpi" measures "$measure" | awk -v measure="$measure" '
            /^by / { split($0, by, /,? +/); for (i in by) if (by[i] == "store" || by[i] == "month") found[by[i]] = 1; first = by[2] }
            /^columns$/ { isColumn = 1; next }
            /^$/ { isColumn = 0 }
            isColumn && /^  [^ ]/ { columns = columns (columns ? ", " : "") $1 }
            END {
                keys = found["store"] && found["month"] ? "store, month" : found["store"] ? "store" : found["month"] ? "month" : first
                printf "  - { name: all-%s, measure: %s%s, by: [%s], columns: [%s] }\n", measure, measure,
                    measure == "service-to-sales" ? ", view: by-visit" : "", keys, columns
            }'
    done
} > "$spec"
partitions=${PARTITIONS:-5}
"$kpi" tables "$spec" d -o tables
"$kpi" plan "$spec" d -o plan-sort --engine sort --partitions "$partitions"
sh plan-sort/run.sh "$work/sorted"
"$kpi" plan "$spec" d -o plan --engine spark --partitions "$partitions"

same() {
    for file in tables/*.csv; do cmp "$file" "$1/$(basename "$file")" || { echo "$2: another number"; exit 1; }; done
    echo "$2: equal by bytes"
}
same sorted "GNU sort"

# The program as Spark starts it; SLOW makes it wait, so that there is time to kill it.
cat > slow <<END
#!/bin/sh
[ "\$1" != partial ] || sleep 5
exec "$kpi" "\$@"
END
chmod +x slow

port=${PORT:-7177}
started=""
trap 'for pid in $started; do kill "$pid" 2> /dev/null || true; done' EXIT
start() { # NAME CLASS ARGUMENTS
    name=$1
    shift
    "$SPARK_HOME/bin/spark-class" "$@" > "$name.log" 2>&1 &
    started="$started $!"
}
start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
for worker in 1 2; do
    start "worker$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
        --work-dir "$work/spark-work$worker" "spark://127.0.0.1:$port"
done

spark() { # NAME PROGRAM
    KPI=$2 sh plan/run.sh "$work/$1" --master "spark://127.0.0.1:$port" --conf spark.ui.enabled=false \
        --conf spark.driver.host=127.0.0.1 --conf spark.executor.memory=700m > "$1.log" 2>&1
}

# Kills what stands in the command line, once a child is at work, and below this script alone.
descendants() {
    for child in $(ps -o pid= --ppid "$1"); do echo "$child"; descendants "$child"; done
}
line_of() { { tr '\0' ' ' < "/proc/$1/cmdline"; } 2> /dev/null || true; }
kill_one() { # PATTERN
    for wait in $(seq 1500); do
        all=$(descendants $$)
        victim=""
        isAtWork=""
        for pid in $all; do
            line=$(line_of "$pid")
            case $line in *"kpi partial ./job"*) isAtWork=yes ;; esac
            case $line in $1) victim=${victim:-$pid} ;; esac
        done
        if [ -n "$isAtWork" ] && [ -n "$victim" ]; then
            kill -9 "$victim"
            echo "killed $(line_of "$victim" | cut -c 1-40)$victim"
            return
        fi
        sleep 0.3
    done
    echo "nothing to kill"
}

spark spark "$kpi"
same spark/tables "Spark"
states=$(find spark/states -name 'part-*' -size +0 | wc -l)
[ "$states" -ge 2 ] || { echo "one partial state: nothing was merged"; exit 1; }
echo "$states partial states, $(ls tables | wc -l) tables"
for what in executor child worker; do
    case $what in
    executor) pattern='*CoarseGrainedExecutorBackend*' ;;
    child) pattern='*sh ./kpi partial ./job*' ;;
    worker) pattern='*deploy.worker.Worker*' ;;
    esac
    spark "spark-$what" "$work/slow" &
    job=$!
    kill_one "$pattern"
    if wait "$job"; then same "spark-$what/tables" "Spark, $what killed"; else echo "Spark, $what killed: refused"; fi
done
