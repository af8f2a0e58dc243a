use super::*;

async fn kept(blobs: &Blobs, text: &str) -> KeptBlob {
    let mut new = blobs.begin().await.unwrap();
    for part in text.as_bytes().chunks(3) {
        new.write(part).await.unwrap();
    }
    blobs.keep(new).await.unwrap()
}

async fn read(blobs: &Blobs, blob: &KeptBlob) -> Result<Vec<u8>, BlobError> {
    let mut file = blobs.read(blob.id, blob.bytes).await?.unwrap();
    let mut all = Vec::new();
    while let Some(part) = file.next().await? {
        all.extend_from_slice(&part);
    }
    Ok(all)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let name = |entry: io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// [B-1] A file has its name only once it is whole; one that is given up leaves nothing.
#[tokio::test]
async fn a_file_is_named_by_its_content_and_only_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/blobs");
    let blobs = Blobs::open(&path).await;
    let mut given_up = blobs.begin().await.unwrap();
    given_up.write(b"half").await.unwrap();
    assert_eq!(names(&path), ["new-0"]);
    drop(given_up);
    assert!(names(&path).is_empty());

    let blob = kept(&blobs, "Ein Satz.").await;
    let hash = blake3::hash(b"Ein Satz.").to_string();
    assert_eq!((blob.id.to_string(), blob.bytes), (hash.clone(), 9));
    assert_eq!(names(&path), [hash]);
    assert_eq!(read(&blobs, &blob).await.unwrap(), b"Ein Satz.");
    let empty = kept(&blobs, "").await;
    assert_eq!(read(&blobs, &empty).await.unwrap(), b"");
}

/// [B-1] What a stop left unfinished is removed at the next start, and nothing else.
#[tokio::test]
async fn an_unfinished_file_is_removed_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).await;
    let id = kept(&blobs, "Ein Satz.").await.id.to_string();
    std::fs::write(folder.path().join("new-7"), "half").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "of the operator").unwrap();
    drop(Blobs::open(folder.path()).await);
    assert_eq!(names(folder.path()), [id, "notes.txt".to_owned()]);
}

/// [B-3] Removing waits until no reference is under way, and spares whatever is referred to or new.
#[tokio::test]
async fn only_what_nobody_refers_to_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).await;
    let used = kept(&blobs, "used").await.id;
    let (old, fresh) = (kept(&blobs, "old").await.id, kept(&blobs, "fresh").await.id);
    let file = std::fs::File::options().write(true).open(blobs.path(old));
    let file = file.unwrap();
    file.set_modified(UNIX_EPOCH).unwrap();
    let under_way = kept(&blobs, "under way").await;
    let late = under_way.id;

    let is_referred = Arc::new(std::sync::Mutex::new(false));
    let referred = Arc::clone(&is_referred);
    let day_after = Timestamp::from_millis(86_400_000);
    let sweep = blobs.sweep(day_after, async move {
        // Asked only when the reference of the file that was under way is there.
        assert!(*referred.lock().unwrap());
        Some(BTreeSet::from([used, late]))
    });
    let mut sweep = std::pin::pin!(sweep);
    let early = tokio::time::timeout(std::time::Duration::ZERO, &mut sweep).await;
    assert!(early.is_err(), "{early:?}");
    *is_referred.lock().unwrap() = true;
    drop(under_way);
    assert_eq!(sweep.await.unwrap(), 1);
    let left = |ids: &[BlobId]| {
        let mut names: Vec<_> = ids.iter().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(names(folder.path()), left(&[used, fresh, late]));

    let all = async || Some(BTreeSet::from([used, late]));
    assert_eq!(blobs.remove(used, all()).await.unwrap(), 0);
    assert_eq!(blobs.remove(fresh, async { None }).await.unwrap(), 0);
    assert_eq!(blobs.remove(fresh, all()).await.unwrap(), 1);
    assert_eq!(blobs.remove(fresh, all()).await.unwrap(), 0);
    let end = Timestamp::from_millis(i64::MAX);
    assert_eq!(blobs.sweep(end, async { None }).await.unwrap(), 0);
    assert_eq!(names(folder.path()), left(&[used, late]));
}

/// [B-4] A damaged file is noticed before its last part is given, and heals when it comes again.
#[tokio::test]
async fn a_damaged_file_is_never_given_whole() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).await;
    let text = "Zeile um Zeile. ".repeat(40_000);
    let blob = kept(&blobs, &text).await;
    let path = blobs.path(blob.id);
    let state = async || blobs.check(blob.id, blob.bytes).await.unwrap();
    assert_eq!(state().await, BlobState::Intact);

    let mut bytes = text.clone().into_bytes();
    bytes[70_000] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(state().await, BlobState::Damaged);
    let error = read(&blobs, &blob).await.unwrap_err();
    assert_eq!(error.err.kind(), io::ErrorKind::InvalidData);
    let mut file = blobs.read(blob.id, blob.bytes).await.unwrap().unwrap();
    let mut given = 0;
    while let Ok(Some(part)) = file.next().await {
        given += part.len();
    }
    assert!(given < bytes.len(), "{given}");

    std::fs::write(&path, "short").unwrap();
    assert_eq!(state().await, BlobState::Damaged);
    assert!(blobs.read(blob.id, blob.bytes).await.unwrap().is_none());
    std::fs::remove_file(&path).unwrap();
    assert_eq!(state().await, BlobState::Missing);
    drop(kept(&blobs, &text).await);
    assert_eq!(state().await, BlobState::Intact);
}

#[test]
fn only_a_hash_names_a_file() {
    let hash = "0f".repeat(32);
    assert_eq!(BlobId::parse(&hash).unwrap().to_string(), hash);
    for raw in [
        "",
        "0f",
        "../../etc/passwd",
        &"0F".repeat(32),
        &"0f".repeat(33),
    ] {
        assert_eq!(BlobId::parse(raw), None, "{raw}");
    }
}
