//! The law of the heap, as a checker: a test calls it after every step.

use super::Heap;
use super::arenas::ARENA_POOLS;
use super::pool::{
    ALIGNMENT, CLASSES, POOL_OVERHEAD, POOL_SIZE, PoolHeader, capacity, class_size, free_list, pool_of,
};
use super::store::{OwnStore, Store};

impl Heap {
    /// Every free list is inside its pool and has no block twice; the counts of blocks, pools and arenas add
    /// up; lists are linked both ways and hold what they should; large blocks lie apart and within the range.
    pub fn verify(&self) -> Result<(), String> {
        match &*self.store.borrow() {
            Store::Own(own) => {
                self.verify_published(own)?;
                own.verify()
            }
            Store::System(system) => {
                let sum: usize = system.live.values().sum();
                if sum == system.bytes { Ok(()) } else { Err("blocks of the system do not add up".into()) }
            }
        }
    }
}

impl OwnStore {
    fn verify(&self) -> Result<(), String> {
        let mut partly_used = 0;
        for pool in self.arenas.touched_pools(&self.space) {
            partly_used += usize::from(verify_pool(pool)?);
        }
        let mut linked = 0;
        for class in 0..CLASSES {
            linked += self.verify_class(class)?;
        }
        if linked != partly_used {
            return Err(format!("{linked} pools are linked, {partly_used} have free blocks"));
        }
        self.verify_arenas()?;
        self.arenas.verify_buckets()?;
        self.chunks.verify()?;
        self.huge.verify(&self.space)?;
        self.verify_space()
    }

    /// The list of a class holds used pools of that class. Returns how many.
    fn verify_class(&self, class: usize) -> Result<usize, String> {
        let (mut count, mut previous) = (0, std::ptr::null_mut::<PoolHeader>());
        let mut pool = self.arenas.used_pools.first(class);
        while !pool.is_null() {
            // SAFETY: the links of used pools lead to used pools, which is what we check as far as we can.
            let header = unsafe { &*pool };
            let full = header.used as usize == capacity(class);
            if header.class as usize != class || header.previous != previous || header.used == 0 || full {
                return Err(format!(
                    "pool {:#x} does not belong into the list of class {class}",
                    pool.addr()
                ));
            }
            count += 1;
            (previous, pool) = (pool, header.next);
        }
        Ok(count)
    }

    /// The free pools of an arena are those without blocks in use.
    fn verify_arenas(&self) -> Result<(), String> {
        for (index, arena) in self.arenas.arenas.iter().enumerate().filter(|(_, arena)| arena.committed) {
            let mut listed = 0;
            let mut pool = arena.free_pools;
            while !pool.is_null() && listed <= ARENA_POOLS {
                // SAFETY: free pools have been cut.
                let header = unsafe { &*pool };
                if header.used != 0 || header.arena as usize != index {
                    return Err(format!("pool {:#x} is not a free one of arena {index}", pool.addr()));
                }
                listed += 1;
                pool = header.next;
            }
            if listed + ARENA_POOLS - arena.touched as usize != arena.free_count as usize {
                return Err(format!("arena {index} has {listed} free pools, counted {}", arena.free_count));
            }
        }
        Ok(())
    }

    /// What is committed is what arenas, chunks and huge blocks hold or keep; free runs are joined and inside.
    fn verify_space(&self) -> Result<(), String> {
        let segments = self.arenas.committed() + self.chunks.count();
        let sum = segments * super::space::SEGMENT + self.huge.committed();
        if sum != self.space.committed() || sum > self.space.limit() {
            return Err(format!("{} bytes committed, found {sum}", self.space.committed()));
        }
        let mut end = 0;
        for (&run, &length) in self.space.free_runs() {
            if run <= end || run < self.space.border() || !self.space.contains(run + length - 1) {
                return Err(format!("free run {run:#x} of {length} bytes is out of place"));
            }
            end = run + length;
        }
        self.verify_warm()
    }

    /// Warm places are vacant and below the border; with what is committed they are no more than what once was.
    fn verify_warm(&self) -> Result<(), String> {
        let (warm, arenas) = (self.space.warm(), &self.arenas.arenas);
        for (at, &index) in warm.iter().enumerate() {
            let committed = arenas.get(index).is_some_and(|arena| arena.committed);
            let twice = warm[..at].contains(&index);
            if committed || twice || self.space.arena_base(index) >= self.space.border() {
                return Err(format!("place {index} is warm and should not be"));
            }
        }
        let resident = self.space.committed() + warm.len() * super::space::SEGMENT;
        if resident > self.space.peak() {
            return Err(format!("{resident} bytes are committed or warm, more than ever were committed"));
        }
        Ok(())
    }
}

/// Checks a pool by itself, and tells whether it is a used one (neither full nor free).
fn verify_pool(pool: *mut PoolHeader) -> Result<bool, String> {
    // SAFETY: a touched pool has been cut.
    let (header, free) = unsafe { (&*pool, free_list(pool)) };
    let name = pool.addr();
    let class = header.class as usize;
    if class >= CLASSES {
        return Err(format!("pool {name:#x} has class {class}"));
    }
    let (size, blocks) = (class_size(class), capacity(class));
    let (first, tail) = (name + POOL_OVERHEAD, name + header.next_offset as usize);
    let cut = (tail - first) / size;
    for &block in &free {
        let inside = pool_of(std::ptr::with_exposed_provenance_mut(block)) == pool && block < tail;
        if !inside || !(block - name).is_multiple_of(ALIGNMENT) || !(block - first).is_multiple_of(size) {
            return Err(format!("pool {name:#x}: its free list leads to {block:#x}"));
        }
    }
    let mut sorted = free.clone();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() != free.len() || header.used as usize + free.len() != cut || cut > blocks {
        return Err(format!("pool {name:#x}: {} used and {} free of {cut} blocks", header.used, free.len()));
    }
    if header.max_next_offset as usize != POOL_SIZE - size || (free.is_empty() && cut < blocks) {
        return Err(format!("pool {name:#x}: its tail is wrong"));
    }
    Ok(!free.is_empty() && header.used != 0)
}
