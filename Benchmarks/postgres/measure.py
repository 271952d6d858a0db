"""measure.py ROWS RUNS POSTMASTER.PID NAME=COMMAND ...: medians of wall, CPU and memory, the server's CPU beside them."""
import os, resource, shlex, statistics, subprocess, sys, time

rows, runs, pid = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3]).readline().strip()
tick = os.sysconf("SC_CLK_TCK")


def server():
    """CPU seconds of the server and of its processes that have ended: each connection is one."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / tick


found = {}
for _ in range(runs):
    for way in sys.argv[4:]:
        name, command = way.split("=", 1)
        before = server()
        start = time.monotonic()
        process = subprocess.Popen(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        if status != 0:
            sys.exit(f"{name}: {said.decode()}")
        time.sleep(0.3)
        found.setdefault(name, []).append((wall, usage.ru_utime + usage.ru_stime, server() - before, usage.ru_maxrss / 1024))
print(f"{rows} rows, {runs} runs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
print(f"{'':10} {'wall s':>8} {'kpi CPU s':>10} {'server CPU s':>13} {'peak MB':>8} {'rows/s':>10}")
walls = {}
for name, all in found.items():
    wall, cpu, its, peak = (statistics.median(one[k] for one in all) for k in range(4))
    walls[name] = (wall, cpu + its)
    print(f"{name:10} {wall:8.2f} {cpu:10.2f} {its:13.2f} {peak:8.0f} {rows / wall:10.0f}")
if len(walls) == 2:
    (csv, work), (postgres, more) = walls.values()
    print(f"arriving, the difference of the two: {rows / (postgres - csv):.0f} rows/s by wall, "
          f"{rows * os.cpu_count() / (more - work):.0f} by CPU time over {os.cpu_count()} cores")
