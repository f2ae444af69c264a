//! A world of nodes without a language: objects with edges, weak references to them, and a log.

use std::cell::{Cell, RefCell};
use std::mem::offset_of;
use std::ptr::NonNull;
use std::rc::Rc;

use crate::gc::{Collector, Host, Running, Totals, verify_counts};
use crate::memory::Heap;
use crate::object::weak::{self, Sharing, WeakReference};
use crate::object::{
    Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, Ref, TypeHead, Visitor, WeakSupport,
    dealloc_container, enter_space, layout,
};

/// A container with any number of edges.
#[repr(C)]
pub struct Node {
    object: Object,
    pub edges: RefCell<Vec<ObjectRef>>,
    weak_list: Cell<*const Object>,
    pub number: usize,
}
layout!(Node, object, Object);

type Finalizer = Rc<dyn Fn(&Node)>;

thread_local! {
    static LOG: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    static FINALIZER: RefCell<Option<Finalizer>> = const { RefCell::new(None) };
}

/// What finalizers and callbacks have written since the last call.
pub fn take_log() -> Vec<usize> {
    LOG.take()
}

/// Writes a number.
pub fn log(number: usize) {
    LOG.with_borrow_mut(|log| log.push(number));
}

/// The space, the types and the collector of a test.
pub struct World {
    pub space: &'static ObjectSpace,
    pub collector: Collector,
    plain: &'static TypeHead,
    finalized: &'static TypeHead,
    weak: &'static TypeHead,
    /// Numbers of nodes that the host calls atomic.
    pub atomic: RefCell<Vec<usize>>,
    pub saved: RefCell<Vec<ObjectRef>>,
    /// References that the test itself holds besides the roots it gives.
    pub held: Cell<usize>,
}

/// Runs a test in a fresh world and checks that it has freed all blocks.
pub fn in_world(test: impl FnOnce(&World)) {
    let space = Box::leak(Box::new(ObjectSpace::new(Heap::new(Default::default()).expect("a heap"))));
    space.settle();
    space.collection_enabled.set(false);
    // SAFETY: the space is never freed.
    let before = unsafe { enter_space(space) };
    test(&World::new(space));
    assert_eq!(space.heap.allocated_blocks(), 0, "a block has leaked");
    // SAFETY: as it was.
    unsafe { enter_space(before) };
}

impl World {
    fn new(space: &'static ObjectSpace) -> Self {
        Self {
            space,
            collector: Collector::default(),
            plain: leak(node_lifecycle(None)),
            finalized: leak(node_lifecycle(Some(finalize))),
            weak: leak(weak::lifecycle(|_, callback| log(as_node(callback).number))),
            atomic: RefCell::default(),
            saved: RefCell::default(),
            held: Cell::new(0),
        }
    }

    /// A tracked node without edges.
    pub fn node(&self, number: usize) -> Ref<Node> {
        self.birth(self.plain, number)
    }

    /// The same with a finalizer, which writes its number and then does what the test says.
    pub fn node_with_finalizer(&self, number: usize) -> Ref<Node> {
        self.birth(self.finalized, number)
    }

    pub fn on_finalize(&self, action: impl Fn(&Node) + 'static) {
        FINALIZER.set(Some(Rc::new(action)));
    }

    fn birth(&self, kind: &TypeHead, number: usize) -> Ref<Node> {
        birth(self.space, kind, number)
    }

    /// Makes nodes where the world is out of reach.
    pub fn maker(&self) -> impl Fn(usize) -> Ref<Node> + 'static {
        let (space, kind) = (self.space, self.plain);
        move |number| birth(space, kind, number)
    }

    /// A weak reference whose callback is a node; calling it writes the node's number.
    pub fn weak(&self, referent: &Node, callback: Option<&Node>) -> Ref<WeakReference> {
        let callback = callback.map(|node| node.new_ref());
        weak::birth(self.weak, size_of::<WeakReference>(), referent, callback, Sharing::Own).expect("memory")
    }

    /// Collects and then checks the law for these roots.
    pub fn collect(&self, generation: usize, roots: &[ObjectRef]) -> Totals {
        let running = Running::begin(self.space).expect("none is running");
        let totals = self.collector.collect(&running, generation, self);
        drop(running);
        self.verify(roots);
        totals
    }

    /// Nothing but the roots given, the saved ones and the test itself may hold a count.
    pub fn verify(&self, roots: &[ObjectRef]) {
        let saved = self.saved.borrow();
        let summary = verify_counts(self.space, &|visitor| {
            roots.iter().chain(saved.iter()).for_each(|root| visitor(root.as_pointer()));
        });
        assert_eq!(summary.expect("the law holds").surplus, self.held.get());
    }

    pub fn lengths(&self) -> [usize; 3] {
        [0, 1, 2].map(|generation: usize| self.space.generations[generation].list.len())
    }
}

impl Host for World {
    fn is_atomic_tuple(&self, object: &Object) -> bool {
        self.is_node(object) && self.atomic.borrow().contains(&as_node(object).number)
    }
    fn is_dict(&self, object: &Object) -> bool {
        self.is_node(object)
    }
    fn is_atomic_dict(&self, object: &Object) -> bool {
        self.is_node(object) && self.atomic.borrow().contains(&(as_node(object).number + 1000))
    }
    fn collectable(&self, object: &Object) {
        log(as_node(object).number);
    }
    fn save(&self, object: &Object) {
        self.saved.borrow_mut().push(object.new_ref());
    }
}

impl World {
    fn is_node(&self, object: &Object) -> bool {
        !object.is_exactly(self.weak)
    }
}

fn birth(space: &ObjectSpace, kind: &TypeHead, number: usize) -> Ref<Node> {
    // SAFETY: all fields are written before the node is used.
    unsafe {
        let born = space.birth(kind, size_of::<Node>()).expect("memory");
        let object = born.as_ptr().read();
        let (edges, weak_list) = (RefCell::default(), Cell::new(std::ptr::null()));
        born.cast().write(Node { object, edges, weak_list, number });
        space.track(born);
        ObjectRef::from_owned(born).cast_into()
    }
}

/// Adds an edge.
pub fn connect(from: &Node, to: &Object) {
    from.edges.borrow_mut().push(to.new_ref());
}

pub fn as_node(object: &Object) -> &Node {
    // SAFETY: tests ask only for nodes.
    unsafe { object.cast() }
}

/// A type that is never freed and whose own type is not asked for.
fn leak(lifecycle: Lifecycle) -> &'static TypeHead {
    Box::leak(Box::new(TypeHead { object: Object::new(NonNull::dangling()), lifecycle }))
}

fn node_lifecycle(finalize: Option<unsafe fn(NonNull<Object>)>) -> Lifecycle {
    Lifecycle {
        // SAFETY: only nodes come here; they die once.
        drop_contents: Cell::new(|object| unsafe {
            std::ptr::drop_in_place(&raw mut (*object.cast::<Node>().as_ptr()).edges);
        }),
        visit: Cell::new(visit),
        // SAFETY: only nodes come here.
        clear: Cell::new(Some(|object| drop(as_node(unsafe { object.as_ref() }).edges.take()))),
        finalize: Cell::new(finalize),
        weak: Cell::new(WeakSupport::Field(offset_of!(Node, weak_list) as u32)),
        ..Lifecycle::bare(dealloc_container, |_| size_of::<Node>(), Prefix::Gc)
    }
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: only nodes come here.
    let node = as_node(unsafe { object.as_ref() });
    node.edges.borrow().iter().for_each(|edge| visitor(edge.as_pointer()));
}

unsafe fn finalize(object: NonNull<Object>) {
    // SAFETY: only nodes come here, counted while this runs.
    let node = as_node(unsafe { object.as_ref() });
    log(node.number);
    let action = FINALIZER.with_borrow(Clone::clone);
    if let Some(action) = action {
        action(node);
    }
}
