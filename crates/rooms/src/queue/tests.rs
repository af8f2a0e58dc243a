use super::*;

const AT: Timestamp = Timestamp::from_millis(0);

fn frame(byte: u8, length: usize) -> Bytes {
    vec![byte; length].into()
}

fn taken(queue: &Queue) -> Vec<u8> {
    match queue.take() {
        Taken::Frames(frames) => frames.iter().map(|frame| frame[0]).collect(),
        Taken::Resync => vec![b'R'],
        Taken::Close(..) => vec![b'C'],
        Taken::Nothing => Vec::new(),
    }
}

#[test]
fn everything_that_waits_comes_in_one_batch_and_in_order() {
    let queue = Queue::new(100, 1);
    queue.push(AT, frame(1, 1), Channel::Document);
    queue.push(AT, frame(2, 1), Channel::Control);
    queue.push(AT, frame(3, 1), Channel::Document);
    assert_eq!(taken(&queue), [1, 2, 3]);
    assert_eq!(taken(&queue), [0; 0]);
}

#[test]
fn a_newer_count_of_what_is_saved_takes_the_place_of_an_older_one() {
    let queue = Queue::new(100, 1);
    queue.push(AT, frame(1, 1), Channel::Saved);
    queue.push(AT, frame(2, 1), Channel::Document);
    queue.push(AT, frame(3, 1), Channel::Awareness);
    queue.push(AT, frame(4, 1), Channel::Awareness);
    queue.push(AT, frame(5, 1), Channel::Saved);
    assert_eq!(taken(&queue), [2, 3, 4, 5]);
    queue.push(AT, frame(6, 1), Channel::Saved);
    assert_eq!(taken(&queue), [6]);
}

/// [S-28]
#[test]
fn a_full_queue_drops_the_whole_document_and_asks_for_it_again() {
    let queue = Queue::new(10, 1);
    queue.push(AT, frame(1, 8), Channel::Document);
    queue.push(AT, frame(2, 8), Channel::Document);
    queue.push(AT, frame(3, 1), Channel::Control);
    queue.push(AT, frame(4, 1), Channel::Document);
    assert_eq!(taken(&queue), [3]);
    assert_eq!(taken(&queue), [b'R']);
    queue.push(AT, frame(5, 1), Channel::Document);
    assert_eq!(taken(&queue), [0; 0], "asked once, and no holes until then");
    queue.resume();
    queue.push(AT, frame(6, 50), Channel::Document);
    assert_eq!(taken(&queue), [6]);
}

/// [S-28]
#[test]
fn a_stalled_socket_is_closed() {
    let queue = Queue::new(10, 1);
    queue.push(AT, frame(1, 20), Channel::Document);
    let push = |at: Timestamp| queue.push(at, frame(2, 1), Channel::Document);
    assert_ne!(push(AT), Pushed::Stalled);
    assert_ne!(push(AT.plus_millis(STALLED - 1)), Pushed::Stalled);
    assert_eq!(push(AT.plus_millis(STALLED)), Pushed::Stalled);
    assert_eq!(taken(&queue), [b'C']);
}

#[test]
fn what_came_before_the_close_is_written_first() {
    let queue = Queue::new(10, 1);
    queue.push(AT, frame(1, 1), Channel::Control);
    queue.close(4403, "not allowed");
    queue.push(AT, frame(2, 1), Channel::Control);
    assert_eq!(taken(&queue), [1]);
    assert_eq!(taken(&queue), [b'C']);
    assert_eq!(taken(&queue), [b'C'], "closed for good");
}

/// Takes so many messages, and says so.
#[derive(Debug)]
struct Takes(Written, Mutex<Vec<u8>>);

impl Takes {
    fn new(written: Written) -> Arc<Self> {
        Arc::new(Self(written, Mutex::default()))
    }

    fn taken(&self) -> Vec<u8> {
        std::mem::take(&mut self.1.lock().unwrap())
    }
}

impl Wire for Takes {
    fn write(&self, messages: &mut dyn Iterator<Item = &Bytes>) -> Written {
        if self.0 != Written::Nothing {
            let mut taken = self.1.lock().unwrap();
            taken.extend(messages.map(|message| message[0]));
        }
        self.0
    }
}

#[test]
fn what_waits_is_written_past_the_task_only_while_that_has_nothing_under_way() {
    let (queue, wire) = (Queue::new(100, 1), Takes::new(Written::All));
    queue.attach(wire.clone());
    let put = |byte| {
        queue.push(AT, frame(byte, 1), Channel::Document);
    };
    put(1);
    queue.flush();
    assert_eq!(wire.taken(), [0; 0], "the task has not been there yet");
    assert_eq!(taken(&queue), [1]);
    put(2);
    queue.flush();
    assert_eq!(wire.taken(), [0; 0], "the task writes the first one");
    assert_eq!(taken(&queue), [2]);
    assert_eq!(taken(&queue), [0; 0], "the task waits");
    put(3);
    put(4);
    queue.flush();
    assert_eq!(wire.taken(), [3, 4]);
    assert_eq!(taken(&queue), [0; 0]);
    queue.detach();
    put(5);
    queue.flush();
    assert_eq!(wire.taken(), [0; 0]);
    assert_eq!(taken(&queue), [5]);
}

#[test]
fn what_the_system_does_not_take_is_left_to_the_task() {
    let (queue, wire) = (Queue::new(100, 1), Takes::new(Written::Nothing));
    queue.attach(wire);
    assert_eq!(taken(&queue), [0; 0]);
    queue.push(AT, frame(1, 1), Channel::Document);
    queue.flush();
    assert_eq!(taken(&queue), [1]);
}

#[test]
fn after_a_write_that_waits_to_be_flushed_the_task_flushes_before_it_writes() {
    let (queue, wire) = (Queue::new(100, 1), Takes::new(Written::Flushing));
    queue.attach(wire.clone());
    assert_eq!(taken(&queue), [0; 0]);
    queue.push(AT, frame(1, 1), Channel::Document);
    queue.flush();
    assert_eq!(wire.taken(), [1]);
    queue.push(AT, frame(2, 1), Channel::Document);
    queue.flush();
    assert_eq!(wire.taken(), [0; 0]);
    assert!(matches!(queue.take(), Taken::Frames(frames) if frames.is_empty()));
    assert_eq!(taken(&queue), [2]);
}

/// What closes says something before, and large batches take their time.
#[test]
fn closing_slow_and_large_ones_go_through_the_task() {
    let (queue, wire) = (Queue::new(2 * MAX_DIRECT, 1), Takes::new(Written::All));
    queue.attach(wire.clone());
    assert_eq!(taken(&queue), [0; 0]);
    queue.push(AT, frame(1, MAX_DIRECT + 1), Channel::Document);
    queue.flush();
    assert_eq!(taken(&queue), [1]);
    assert_eq!(taken(&queue), [0; 0]);
    queue.push(AT, frame(2, 1), Channel::Control);
    queue.close(4403, "not allowed");
    queue.flush();
    assert_eq!(taken(&queue), [2]);
    assert_eq!(taken(&queue), [b'C']);
    assert_eq!(wire.taken(), [0; 0]);
}
