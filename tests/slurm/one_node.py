"""A Slurm of one node, in a folder of its own, on the loopback interface: brought up for a test, and stopped with all that it started.

    with OneNode(folder, array_size=1001) as slurm:
        slurm.run("sbatch", "--parsable", "job.sh")

Needs root (or the users that Slurm's daemons want), and Debian's slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins and munge.

Daemons leave the process that starts them. Linux gives them back to this one, as its "subreaper" (prctl(2)), so that whatever is left
at the end, a step of a job, say, is found among its own descendants, and nothing else is ever signalled.
"""
import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "srun"]

CONFIGURATION = """ClusterName=kith
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/completed.txt
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SwitchType=switch/none
ReturnToService=2
KillWait=10
InactiveLimit=0
MaxArraySize={array_size}
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
NodeName={host} NodeAddr=127.0.0.1 {node}
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def what_is_missing():
    """Why no Slurm can be brought up here, or ""."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=path()) is None]
    if missing:
        return "not installed: " + ", ".join(missing)
    return "" if os.geteuid() == 0 else "Slurm's daemons need root"


def path():
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def adopt_descendants():
    """Makes this process the parent of every descendant whose own parent ends."""
    pr_set_child_subreaper = 36
    if ctypes.CDLL(None, use_errno=True).prctl(pr_set_child_subreaper, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def descendants():
    """Processes that this one or its descendants started and that live, children before parents."""
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    children.setdefault(int(parent), []).append(int(entry.name))
    found, wanted = [], [os.getpid()]
    while wanted:
        found += (young := children.get(wanted.pop(), []))
        wanted += young
    return found[::-1]


def end_of(pid, seconds):
    """Waits until a process has ended, and takes note of it where it is a child of this one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(ChildProcessError):
            if os.waitpid(pid, os.WNOHANG)[0] == pid:
                return
        if pid not in descendants():
            return
        time.sleep(0.05)


class OneNode:
    def __init__(self, folder, array_size=1001):
        adopt_descendants()
        self.folder = pathlib.Path(folder)
        self.array_size = array_size
        self.environment = {**os.environ, "PATH": path(), "SLURM_CONF": str(self.folder / "slurm.conf")}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            print(self.state(), flush=True)
        self.stop()

    def start(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir(parents=True)
        self.folder.chmod(0o755)
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        self.run("munged", "--force", f"--key-file={key}", f"--socket={self.folder}/munge.socket", f"--pid-file={self.folder}/munged.pid",
                 f"--log-file={self.folder}/munged.log", f"--seed-file={self.folder}/munged.seed")
        host = socket.gethostname().split(".")[0]
        node = subprocess.run(["slurmd", "-C"], capture_output=True, text=True, check=True, env=self.environment).stdout.splitlines()[0]
        node = " ".join(word for word in node.split() if word.split("=")[0] in ("CPUs", "Boards", "SocketsPerBoard", "CoresPerSocket",
                                                                                "ThreadsPerCore", "RealMemory"))
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(host=host, folder=self.folder, ports=free_ports(2), node=node,
                                                                     array_size=self.array_size))
        self.run("slurmctld", "-c")
        self.run("slurmd", "-N", host)
        self.wait_until(lambda: "idle" in self.run("sinfo", "--noheader", "--format=%t", check=False), 30, "the node is not idle")

    def stop(self):
        """Jobs first, then the daemons in the order in which they need each other, then what is left of either."""
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            self.run("scancel", "--user=root", check=False, seconds=10)
        for name in ("slurmd", "slurmctld", "munged"):
            try:
                pid = int((self.folder / f"{name}.pid").read_text())
            except (OSError, ValueError):
                continue
            if pid in descendants():
                os.kill(pid, signal.SIGTERM)
                end_of(pid, 10)
        for pid in descendants():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            end_of(pid, 5)

    def run(self, *words, check=True, cwd=None, seconds=120):
        """What a program prints; its complaints end the test."""
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=seconds, env=self.environment, cwd=cwd)
        with contextlib.suppress(ChildProcessError):  # of what was adopted; a step waits for its processes to be gone
            while os.waitpid(-1, os.WNOHANG)[0] != 0:
                pass
        assert not check or done.returncode == 0, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def state(self):
        """For who wants to know why a test failed: what the daemons said last, and which processes there are."""
        lines = []
        for name in ("slurmctld", "slurmd"):
            log = self.folder / f"{name}.log"
            lines += [f"{name}: {line}" for line in (log.read_text(errors="replace").splitlines()[-40:] if log.exists() else [])]
        for pid in descendants():
            with contextlib.suppress(OSError):
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                waits = pathlib.Path(f"/proc/{pid}/wchan").read_text()
                lines.append(f"process {pid} ({waits}): {words}")
        return "\n".join(lines)

    def jobs(self):
        """State of each job and task that is not over: {"12_3": "PENDING"}."""
        lines = self.run("squeue", "--noheader", "--array", "--format=%i %T").splitlines()
        return dict(line.split() for line in lines)

    @staticmethod
    def wait_until(holds, seconds, otherwise):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, otherwise
            time.sleep(0.2)
