//! What happens to the trash. Every call here may run foreign code, which may release, revive, track and untrack
//! anything: a list is always taken from its front, and nothing else is held.

use super::collector::Host;
use super::lists::{first, for_each, merge, move_to};
use super::passes::{
    clear_collecting, clear_unreachable_mask, count_from_outside, move_unreachable, object_of,
};
use super::report::Report;
use crate::object::weak::{self, WeakReference};
use crate::object::{GcHead, GcList, Object, ObjectSpace, WeakSupport};

/// Clears every weak reference into the trash and those in it, then calls the callbacks of references that are no
/// trash themselves: they cannot see what is. Returns how many of these weak references died by it.
pub(super) fn handle_weakrefs(unreachable: &GcList, old: &GcList, report: &mut Report) -> usize {
    let to_call = GcList::default();
    to_call.reset();
    for_each(unreachable, |links| {
        let object = object_of(links);
        if let Some(weak) = as_weak(object) {
            weak.unlink();
        }
        if object.kind().lifecycle.weak.get() != WeakSupport::None {
            clear_references_to(object, &to_call, report);
        }
    });
    call_callbacks(&to_call, old, report)
}

/// Clears the weak references to one object; those to be called are counted and wait in `to_call`.
fn clear_references_to(object: &Object, to_call: &GcList, report: &mut Report) {
    // SAFETY: the first of the list is a live weak reference; `unlink` makes the next one the first.
    while let Some(weak) = unsafe { weak::first(object).as_ref() } {
        weak.unlink();
        report.add_cleared_reference(weak, object);
        let Some(links) = weak.gc_head() else { continue };
        if weak.has_callback() && weak.count() > 0 && links.is_linked() && !links.has(GcHead::COLLECTING) {
            let _ = weak.new_ref().into_raw();
            // SAFETY: it is tracked, in a whole list of a generation that is not collected.
            unsafe { move_to(links, to_call) };
        }
    }
}

fn call_callbacks(to_call: &GcList, old: &GcList, report: &mut Report) -> usize {
    let mut freed = 0;
    while let Some(links) = first(to_call) {
        let at: *const GcHead = links;
        // SAFETY: the reference was counted when it was put into the list.
        let weak = unsafe { crate::object::ObjectRef::from_owned(links.object()) };
        report.add_called(&weak);
        if let Some(weak) = as_weak(&weak)
            && let Some(died) = weak.kind().lifecycle.referent_died.get()
            && let Some(callback) = weak.callback_ref()
        {
            died(weak, &callback);
        }
        drop(weak);
        match first(to_call) {
            // SAFETY: it is still in the list, so it is alive.
            Some(links) if std::ptr::eq(links, at) => unsafe { move_to(links, old) },
            _ => freed += 1,
        }
    }
    freed
}

/// A type with `referent_died` has this layout.
fn as_weak(object: &Object) -> Option<&WeakReference> {
    // SAFETY: as the lifecycle promises.
    object.kind().lifecycle.referent_died.get().map(|_| unsafe { object.cast() })
}

/// Runs the finalizers that have not run yet, in the order of the list.
pub(super) fn finalize_garbage(unreachable: &GcList, report: &mut Report) {
    let seen = GcList::default();
    seen.reset();
    while let Some(links) = first(unreachable) {
        // SAFETY: the first links of a whole list.
        unsafe { move_to(links, &seen) };
        let Some(finalize) = object_of(links).kind().lifecycle.finalize.get() else { continue };
        if !links.has(GcHead::FINALIZED) {
            links.set(GcHead::FINALIZED, true);
            let object = object_of(links).new_ref();
            report.add_finalized(&object);
            // SAFETY: the object is whole, and counted while its finalizer runs.
            unsafe { finalize(object.as_pointer()) };
        }
    }
    merge(&seen, unreachable);
}

/// Looks at the trash again after the finalizers: what can be reached now goes to `old`, the rest to `dead`.
pub(super) fn handle_resurrected(unreachable: &GcList, dead: &GcList, old: &GcList, report: &mut Report) {
    clear_collecting(unreachable);
    count_from_outside(unreachable, None);
    move_unreachable(unreachable, dead, |_| true, |_, _| ());
    clear_unreachable_mask(dead);
    for_each(unreachable, |links| report.add_resurrected(object_of(links)));
    merge(unreachable, old);
}

/// Clears each object, which breaks the cycles, or keeps it where the host saves trash. What is still alive then is
/// old.
pub(super) fn delete_garbage(
    space: &ObjectSpace,
    dead: &GcList,
    old: &GcList,
    save: Option<&dyn Host>,
    report: &mut Report,
) {
    while let Some(links) = first(dead) {
        let at: *const GcHead = links;
        let object = object_of(links).new_ref();
        report.add_cleared(&object);
        match (save, object.kind().lifecycle.clear.get()) {
            (Some(host), _) => {
                host.save(&object);
                drop(object);
            }
            (None, Some(clear)) => {
                let follower = space.release_follower();
                follower.inspect(|follower| follower.clears(&object));
                // SAFETY: the object is whole, and counted while it is cleared.
                unsafe { clear(object.as_pointer()) };
                drop(object);
                follower.inspect(|follower| follower.ends());
            }
            (None, None) => drop(object),
        }
        if let Some(links) = first(dead).filter(|links| std::ptr::eq(*links, at)) {
            links.set(GcHead::COLLECTING, false);
            // SAFETY: it is still in the list, so it is alive.
            unsafe { move_to(links, old) };
        }
    }
}
