//! Arenas of 1 MiB hold 64 pools each; the size classes hold their used pools. This is the slow path of small
//! blocks: it runs when a class needs another pool, or a pool has become free. Between used and full a pool goes
//! back and forth as often as a program likes, so the lists of used pools are shared with the heap, which links and
//! unlinks them without coming here.
//!
//! Pools are taken from the arena that has the fewest free ones, so that the emptier arenas get the chance to
//! become wholly free and go back to the system. Arenas are linked into buckets by the number of their free
//! pools, and a bit per bucket tells which are not empty: taking, freeing and moving are a few instructions.
//! One wholly free arena is kept when it was the emptiest: a program that goes back and forth over the edge of
//! an arena does not ask the system each time.

use std::ptr;
use std::rc::Rc;

use super::pool::{
    AfterTaking, POOL_SIZE, PoolHeader, UsedPools, class_size, cut_pool, pool_of, put_block, take_block,
};
use super::space::{SEGMENT, Space};

pub(super) const ARENA_POOLS: usize = SEGMENT / POOL_SIZE;

const NONE: u32 = u32::MAX;

/// What is known of one place for an arena.
pub(super) struct Arena {
    /// False when the place's memory is with the system.
    pub(super) committed: bool,
    /// Free pools that were used before, last freed first.
    pub(super) free_pools: *mut PoolHeader,
    /// Free pools in all, with those never used.
    pub(super) free_count: u32,
    /// How many pools have ever been used since the arena was committed; the others are untouched.
    pub(super) touched: u32,
    pub(super) next: u32,
    pub(super) previous: u32,
}

/// All arenas and the used pools of every size class.
pub(super) struct Arenas {
    /// The used pools of every class, shared with the heap's short paths.
    pub(super) used_pools: Rc<UsedPools>,
    /// By index: arena `i` stands `i` MiB above the base of the range.
    pub(super) arenas: Vec<Arena>,
    /// Heads of the lists of arenas with so many free pools. Full arenas are in none.
    buckets: [u32; ARENA_POOLS + 1],
    /// Bit `n` is set when bucket `n` is not empty.
    filled: u128,
    pub(super) allocated_total: usize,
    pub(super) reclaimed: usize,
    pub(super) highwater: usize,
}

impl Arenas {
    pub(super) fn new(used_pools: Rc<UsedPools>) -> Arenas {
        Arenas {
            used_pools,
            arenas: Vec::new(),
            buckets: [NONE; ARENA_POOLS + 1],
            filled: 0,
            allocated_total: 0,
            reclaimed: 0,
            highwater: 0,
        }
    }

    /// Arenas whose memory we hold.
    pub(super) fn committed(&self) -> usize {
        self.allocated_total - self.reclaimed
    }

    /// Takes a block of `class`, or None when no arena can be had.
    pub(super) fn take(&mut self, class: usize, space: &mut Space) -> Option<*mut u8> {
        let mut pool = self.used_pools.first(class);
        if pool.is_null() {
            pool = self.take_pool(class, space)?;
        }
        // SAFETY: a pool in the list of its class is a used one.
        let (block, after) = unsafe { take_block(pool) };
        if after == AfterTaking::Full {
            // SAFETY: it is in the list.
            unsafe { self.used_pools.unlink(pool) };
        }
        Some(block)
    }

    /// Puts a small block back.
    ///
    /// # Safety
    /// `block` was handed out by `take` and not put back since.
    pub(super) unsafe fn put(&mut self, block: *mut u8, space: &mut Space) {
        let pool = pool_of(block);
        // SAFETY: so it is inside a pool that has been cut, and the block is ours again. A used pool is linked, and
        // a full one is not.
        unsafe {
            let was_full = put_block(pool, block);
            if was_full {
                self.used_pools.link(pool);
            } else if (*pool).used == 0 {
                self.used_pools.unlink(pool);
                self.free_pool(pool, space);
            }
        }
    }

    /// Makes a free pool the used pool of a class that has none.
    fn take_pool(&mut self, class: usize, space: &mut Space) -> Option<*mut PoolHeader> {
        if self.filled == 0 {
            self.add_arena(space)?;
        }
        let index = self.buckets[self.filled.trailing_zeros() as usize];
        self.unlink_arena(index);
        let arena = &mut self.arenas[index as usize];
        let mut pool = arena.free_pools;
        // SAFETY: free pools and untouched pools of a committed arena are ours.
        unsafe {
            if pool.is_null() {
                let base = space.arena_base(index as usize) + arena.touched as usize * POOL_SIZE;
                space.expect_pool(base);
                pool = ptr::with_exposed_provenance_mut(base);
                arena.touched += 1;
                cut_pool(pool, index, class);
            } else {
                arena.free_pools = (*pool).next;
                // A pool that comes back to its old class goes on with its free list.
                if (*pool).class as usize != class {
                    cut_pool(pool, index, class);
                }
            }
        }
        arena.free_count -= 1;
        self.link_arena(index);
        // SAFETY: the pool has been cut and is in no list.
        unsafe { self.used_pools.link(pool) };
        Some(pool)
    }

    /// Hands a pool without blocks in use back to its arena, and perhaps the arena to the system.
    fn free_pool(&mut self, pool: *mut PoolHeader, space: &mut Space) {
        // SAFETY: the pool is in no list now, and it has been cut.
        let index = unsafe { (*pool).arena };
        self.unlink_arena(index);
        let arena = &mut self.arenas[index as usize];
        let emptiest = self.filled >> arena.free_count == 0;
        // SAFETY: as above.
        unsafe {
            (*pool).previous = ptr::null_mut();
            (*pool).next = arena.free_pools;
        }
        arena.free_pools = pool;
        arena.free_count += 1;
        self.link_arena(index);
        if arena_is_free(&self.arenas[index as usize]) && !emptiest {
            self.give_back(index, space);
        }
    }

    /// Gives a wholly free arena that was kept back to the system; false when there is none.
    pub(super) fn give_back_spare(&mut self, space: &mut Space) -> bool {
        let index = self.buckets[ARENA_POOLS];
        if index != NONE {
            self.give_back(index, space);
        }
        index != NONE
    }

    fn add_arena(&mut self, space: &mut Space) -> Option<()> {
        let vacant = (self.committed() < self.arenas.len())
            .then(|| self.arenas.iter().position(|arena| !arena.committed))
            .flatten();
        let index = vacant.unwrap_or(self.arenas.len());
        space.commit_arena(index)?;
        let fresh = Arena {
            committed: true,
            free_pools: ptr::null_mut(),
            free_count: ARENA_POOLS as u32,
            touched: 0,
            next: NONE,
            previous: NONE,
        };
        match self.arenas.get_mut(index) {
            Some(place) => *place = fresh,
            None => self.arenas.push(fresh),
        }
        self.allocated_total += 1;
        self.highwater = self.highwater.max(self.committed());
        self.link_arena(index as u32);
        Some(())
    }

    fn give_back(&mut self, index: u32, space: &mut Space) {
        self.unlink_arena(index);
        let arena = &mut self.arenas[index as usize];
        arena.committed = false;
        arena.free_pools = ptr::null_mut();
        arena.touched = 0;
        while self.arenas.last().is_some_and(|last| !last.committed) {
            self.arenas.pop();
        }
        self.reclaimed += 1;
        space.give_back_arena(index as usize, self.arenas.len());
    }

    fn link_arena(&mut self, index: u32) {
        let free_count = self.arenas[index as usize].free_count as usize;
        if free_count == 0 {
            return;
        }
        let next = std::mem::replace(&mut self.buckets[free_count], index);
        self.filled |= 1 << free_count;
        self.arenas[index as usize].next = next;
        self.arenas[index as usize].previous = NONE;
        if next != NONE {
            self.arenas[next as usize].previous = index;
        }
    }

    fn unlink_arena(&mut self, index: u32) {
        let Arena { free_count, next, previous, .. } = self.arenas[index as usize];
        if free_count == 0 {
            return;
        }
        match previous {
            NONE => self.buckets[free_count as usize] = next,
            _ => self.arenas[previous as usize].next = next,
        }
        if next != NONE {
            self.arenas[next as usize].previous = previous;
        }
        if self.buckets[free_count as usize] == NONE {
            self.filled &= !(1 << free_count);
        }
    }

    /// Every pool that has been touched, by address, with the mark whether it is among the free ones.
    pub(super) fn touched_pools(&self, space: &Space) -> impl Iterator<Item = *mut PoolHeader> {
        let bases =
            self.arenas.iter().enumerate().map(|(index, arena)| (space.arena_base(index), arena.touched));
        bases.flat_map(|(base, touched)| {
            (0..touched as usize).map(move |n| ptr::with_exposed_provenance_mut(base + n * POOL_SIZE))
        })
    }

    /// The pool around `address`, if it has been touched.
    pub(super) fn pool_at(&self, address: usize, space: &Space) -> Option<*mut PoolHeader> {
        let offset = address.checked_sub(space.base())?;
        let arena = self.arenas.get(offset / SEGMENT)?;
        let touched = offset % SEGMENT / POOL_SIZE < arena.touched as usize;
        touched.then(|| ptr::with_exposed_provenance_mut(address & !(POOL_SIZE - 1)))
    }

    /// Blocks in use and their bytes.
    pub(super) fn usage(&self, space: &Space) -> (usize, usize) {
        self.touched_pools(space).fold((0, 0), |(blocks, bytes), pool| {
            // SAFETY: a touched pool has been cut.
            let (used, class) = unsafe { ((*pool).used as usize, (*pool).class as usize) };
            (blocks + used, bytes + used * class_size(class))
        })
    }

    /// The law of arenas: buckets hold exactly the committed arenas with free pools, under their right count.
    pub(super) fn verify_buckets(&self) -> Result<(), String> {
        let mut linked = 0;
        for (count, &head) in self.buckets.iter().enumerate() {
            if (head != NONE) != (self.filled >> count & 1 == 1) {
                return Err(format!("bucket {count}: its bit is wrong"));
            }
            let (mut previous, mut index) = (NONE, head);
            while index != NONE {
                let arena =
                    self.arenas.get(index as usize).ok_or(format!("bucket {count}: no arena {index}"))?;
                if !arena.committed || arena.free_count as usize != count || arena.previous != previous {
                    return Err(format!("arena {index} is wrongly linked into bucket {count}"));
                }
                linked += 1;
                (previous, index) = (index, arena.next);
            }
        }
        let expected = self.arenas.iter().filter(|arena| arena.committed && arena.free_count > 0).count();
        if linked == expected {
            Ok(())
        } else {
            Err(format!("{linked} arenas linked, {expected} have free pools"))
        }
    }
}

fn arena_is_free(arena: &Arena) -> bool {
    arena.free_count as usize == ARENA_POOLS
}
