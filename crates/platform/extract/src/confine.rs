//! The child shuts itself in, before it reads the first byte from outside.
//!
//! Everything is done by the child itself at its start, in safe code: no code runs between fork and exec. Two
//! layers: resource limits (memory, processor time, no file growth, no core dump, no new processes) and a seccomp
//! filter that leaves only what computing needs. What the filter does not list fails with »operation not
//! permitted«: opening a file, a socket, a process, another process's memory. Landlock would add nothing, because no
//! system call that takes a path is left.

use crate::limits::ChildLimits;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch, apply_filter};
use std::collections::BTreeMap;
use std::io;

/// Room in the address space for the program itself, its libraries and stack, which are mapped, not allocated.
const ADDRESS_SPACE_BESIDE_MEMORY: u64 = 1 << 30;

/// Limits this process for good.
///
/// # Errors
/// What the kernel refused. The caller must not read anything from outside then.
pub(crate) fn confine(limits: &ChildLimits) -> io::Result<()> {
    // Private writable memory, committed or not: this is what an allocation grows.
    limit(Resource::Data, limits.memory_bytes_max)?;
    limit(Resource::As, limits.memory_bytes_max.saturating_add(ADDRESS_SPACE_BESIDE_MEMORY))?;
    // At the lower bound the kernel says why it ends the process, at the upper one it only kills.
    let cpu_seconds = limits.cpu_seconds_max.saturating_mul(2).max(1);
    let cpu = Rlimit { current: Some(cpu_seconds), maximum: Some(cpu_seconds.saturating_add(1)) };
    setrlimit(Resource::Cpu, cpu)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Nproc, 0)?;
    // The three standard streams are open already; no further descriptor can come to be.
    limit(Resource::Nofile, 3)?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    // Sets »no new privileges« as well.
    apply_filter(&filter().map_err(io::Error::other)?).map_err(io::Error::other)
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

/// System calls that computing needs, whatever their arguments.
const FREE: [libc::c_long; 17] = [
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
];

fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = FREE.iter().map(|call| (*call, Vec::new())).collect();
    // Input from the parent, answers to it, and nothing else even if a descriptor had slipped through.
    rules.insert(libc::SYS_read, vec![equals(0, 0)?]);
    rules.insert(libc::SYS_write, vec![equals(0, 1)?, equals(0, 2)?]);
    // Memory, but never memory that can be executed.
    rules.insert(libc::SYS_mmap, vec![not_executable(2)?]);
    rules.insert(libc::SYS_mprotect, vec![not_executable(2)?]);
    // Ending itself with a signal is how Rust aborts when memory runs out.
    rules.insert(libc::SYS_tgkill, vec![equals(0, u64::from(std::process::id()))?]);
    let arch: TargetArch = std::env::consts::ARCH.try_into()?;
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(rules, refuse, SeccompAction::Allow, arch)?.try_into()
}

fn equals(argument: u8, value: u64) -> Result<SeccompRule, seccompiler::BackendError> {
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)?;
    SeccompRule::new(vec![condition])
}

fn not_executable(argument: u8) -> Result<SeccompRule, seccompiler::BackendError> {
    let executable = u64::from(libc::PROT_EXEC.unsigned_abs());
    let operator = SeccompCmpOp::MaskedEq(executable);
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, 0)?;
    SeccompRule::new(vec![condition])
}
