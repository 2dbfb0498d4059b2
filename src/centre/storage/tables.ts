import type { Generated } from 'kysely';

interface SealedPaperRow {
  session_id: string;
  subject: number;
  paper_id: string;
  digest: string;
  size: number;
  items: number;
  recipient: string;
  sealed_key: string;
}

/** Rows of the centre's tables. Times in ms; `…_json` columns hold JSON text that a schema parses on reading. */
export interface Tables {
  project: {
    id: string;
    code: string;
    name: string;
    mode: string;
    support_phone: string;
    created_at: number;
    changed_at: number;
    /** Grows with every change: two that come in the same ms are told apart. */
    revision: Generated<number>;
    /** How the columns of its roster are read, as far as somebody said it. */
    roster_mapping_json: string | null;
    /** 1: what opens a paper needs two people. */
    two_persons: Generated<number>;
  };
  session: { id: string; project_id: string; number: number; body_json: string };
  site: {
    project_id: string;
    code: string;
    name: string;
    /** As the roster says it; null: it says none. */
    region: string | null;
    registration_code: string | null;
    node_id: string | null;
    tls_fingerprint: string | null;
    signing_key: string | null;
    sealing_key: string | null;
    /** With it a restored site comes back, once; null: it was registered before there were any. */
    return_code: string | null;
    registered_at: number | null;
    last_contact: number | null;
    status_json: string | null;
    /** When the status was written, by the clock of the database, and by which centre process: how others find it. */
    told_at: number | null;
    told_to: string | null;
    /** K(site), Base64, sealed to the centre. */
    code_key: string | null;
  };
  room: { project_id: string; site_code: string; code: string; name: string };
  candidate: {
    id: string;
    project_id: string;
    session_number: number;
    site_code: string;
    room_code: string;
    position: number;
    admission_number: string;
    name: string;
    /** For searches: letters of the same kind, whatever their case. */
    name_folded: string;
    seat_number: number | null;
    extra_percent: number;
    accommodations_json: string | null;
  };
  /** Beginnings by which a candidate is found. */
  candidate_word: { project_id: string; word: string; candidate_id: string };
  paper: {
    id: string;
    project_id: string;
    title: string;
    file_name: string;
    language: string;
    imported_at: number;
    items: number;
    files: number;
    bytes: number;
    body_digest: string;
    key_digest: string;
    report_json: string;
  };
  publication: {
    project_id: string;
    number: number;
    published_at: number;
    rooms: number;
    bytes: number;
    by_account: string;
    /** The project's, of which it was made; null: published before it was counted. */
    revision: number | null;
    /** Rooms whose package was made anew; null: all. */
    changed_rooms: number | null;
  };
  /** A publication that is being made, or could not be: gone when it is final or was cancelled. */
  publication_work: {
    project_id: string;
    id: string;
    number: number;
    by_account: string;
    begun_at: number;
    /** Why it stopped; null: it is being made, also after a restart. */
    problem_json: string | null;
  };
  sealed_paper: SealedPaperRow;
  /** Sealed for the publication that is being made: in force with it. */
  next_paper: SealedPaperRow;
  /** Rooms' packages by the SHA-256 of their content without the publication's number and time. */
  made_package: { project_id: string; digest: string; bytes: number; jws: string };
  publication_room: {
    project_id: string;
    number: number;
    room_code: string;
    site_code: string;
    digest: string;
  };
  /** What a publication is for a site; `since`: number and time of the one that last changed anything there. */
  publication_site: {
    project_id: string;
    site_code: string;
    number: number;
    digest: string;
    since: number;
    since_at: number;
  };
  publication_download: {
    id: string;
    project_id: string;
    site_code: string;
    number: number;
    at: number;
    way: string;
    bytes: number;
    /** Who took it as a file; null: the site itself, online. */
    by_account: string | null;
  };
  authorisation: {
    session_id: string;
    site_code: string;
    project_id: string;
    prepared_at: number;
    locked: string;
    sealed_secret: string;
    fetched_at: number | null;
    released_at: number | null;
    /** Serial numbers of the locks that open it. */
    sealed_to_json: string | null;
    /** Serial numbers of locks that were revoked since, before the release: it is prepared again, and released to nobody until then. */
    again_json: string | null;
  };
  /** Exam locks. One of a site is `active`; a revoked one stays. */
  site_lock: {
    project_id: string;
    site_code: string;
    serial: string;
    kind: string;
    recipient: string;
    note: string;
    state: string;
    registered_at: number;
    /** Who gave out the code with which it came; null: the site itself brought it at its registration. */
    registered_by: string | null;
    /** When the site last said that it is plugged in there. */
    seen_at: number | null;
    revoked_at: number | null;
    revoked_by: string | null;
    revoked_reason: string | null;
  };
  /** Open codes to register a lock without the site: gone when used. */
  lock_code: {
    project_id: string;
    site_code: string;
    code: string;
    expires_at: number;
    by_account: string;
  };
  /** When a lock last was given the release of a session. */
  lock_calibration: {
    project_id: string;
    site_code: string;
    serial: string;
    session_id: string;
    at: number;
  };
  /** What was decided of a session's release beside its policy: see `ReleaseOrder`. */
  session_release: {
    session_id: string;
    not_before: number | null;
    agreed_at: number | null;
    held_reason: string | null;
    held_by: string | null;
    held_at: number | null;
  };
  /** Stays when an authorisation is prepared anew. */
  authorisation_fetch: {
    id: string;
    project_id: string;
    session_id: string;
    site_code: string;
    at: number;
    /** `authorisation`, or `release`. */
    what: string;
    /** `online`, `file`, or `words`. */
    way: string;
    /** Who took it to hand it on; null: the site itself, with the lock and from the address that follow. */
    by_account: string | null;
    lock_serial: string | null;
    address: string | null;
  };
  /** What two people must want; see `exam/four-eyes`. */
  confirmation_request: {
    id: string;
    project_id: string;
    act: string;
    session_id: string | null;
    site_code: string | null;
    release_at: number | null;
    reason: string;
    asked_by: string;
    asked_at: number;
    /** Address of the computer. */
    asked_from: string;
    state: string;
    decided_by: string | null;
    decided_at: number | null;
    decided_from: string | null;
    /** With what the second one proved who it is: `password` or `passkey`. */
    proof: string | null;
    note: string | null;
    used_at: number | null;
  };
  /** Of a candidate, in every session. */
  photo: {
    project_id: string;
    admission_number: string;
    digest: string;
    size: number;
    media_type: string;
  };
  result: {
    id: string;
    project_id: string;
    session_id: string;
    site_code: string;
    room_code: string;
    parcel_digest: string;
    received_at: number;
    receipt: string;
    receipt_at: number;
    entries: number;
    expected: number;
    sat: number;
    absent: number;
    /** Files that the answers name: how many are kept, and how many the room did not have. */
    files: number;
    files_missing: number;
    /** Changes that a seat made without holding the sitting: kept as evidence, counted for nobody. */
    foreign_changes: number;
    /** Sittings of candidates of another site: kept as evidence, too. */
    foreign_sittings: number;
    problem_json: string | null;
    /** Codes that the room used and nobody issued: the receipt waits until somebody answers for them. */
    held_json: string | null;
    /** See `change_count`: when it came, and when its receipt was given (0: not yet). */
    change_number: Generated<number>;
    receipt_number: Generated<number>;
  };
  answer: {
    project_id: string;
    session_id: string;
    admission_number: string;
    item: string;
    changes: number;
    kept_at: number;
    responses_json: string;
  };
  answer_file: {
    project_id: string;
    session_id: string;
    admission_number: string;
    item: string;
    response: string;
    digest: string;
    /** As the candidate's computer called it: shown, never used as a path. */
    name: string;
    media_type: string;
    size: number;
    /** 1: its content is in the blob store; 0: the room did not have it. */
    kept: number;
  };
  sitting: {
    project_id: string;
    session_id: string;
    admission_number: string;
    site_code: string;
    room_code: string;
    state: string;
    changes: number;
  };
  /** What a site and the support desk say to each other; stays when a roster leaves the site out. */
  support_posting: {
    project_id: string;
    site_code: string;
    id: string;
    /** Counts from 1 for each site. */
    seq: number;
    /** 1: the centre's journal has it, too. */
    entered: number;
    posting_json: string;
  };
  support_seen: {
    project_id: string;
    site_code: string;
    thread_id: string;
    /** Number of the site's newest posting when somebody at the desk had the thread before him. */
    seq: number;
  };
  score: {
    project_id: string;
    session_id: string;
    admission_number: string;
    score: number | null;
    max_score: number | null;
    needs_marking: number;
    items_json: string;
    /** See `change_count`: when it last became another one. */
    change_number: Generated<number>;
  };
  /** Keys of other programs, for the integration API. The key itself is with whoever was shown it. */
  api_key: {
    id: string;
    name: string;
    /** Its first letters: people tell keys apart by them. */
    start: string;
    hash: string;
    /** Separated by spaces. */
    rights: string;
    /** null: all projects. */
    project_id: string | null;
    created_at: number;
    created_by: string;
    expires_at: number | null;
    revoked_at: number | null;
    revoked_by: string | null;
    used_at: number | null;
    used_from: string | null;
  };
  /** What a key's request with an `Idempotency-Key` was answered. */
  api_request: {
    key_id: string;
    idempotency_key: string;
    /** Of what was asked: the same key for something else is a mistake. */
    fingerprint: string;
    answer_json: string;
    at: number;
  };
  /**
   * Numbers what comes into a project, 1, 2, 3 …, in the order in which it becomes visible: whoever has read up to one misses nothing before it.
   */
  change_count: { project_id: string; last: number };
  board_sample: {
    session_id: string;
    /** Beginning of the minute. */
    at: number;
    signed_in: number;
    in_exam: number;
    handed_in: number;
  };
  board_acknowledgement: {
    session_id: string;
    site_code: string;
    kind: string;
    since: number;
    about_json: string;
    at: number;
    by_account: string;
    note: string;
  };
  /** A message on its way to one person. */
  mail: {
    id: string;
    account: string;
    address: string;
    language: string;
    /** `waiting`, `sent`, `given-up` */
    state: string;
    tries: number;
    created_at: number;
    next_at: number;
    ended_at: number | null;
    problem_json: string | null;
    /** Of a message about the person's own password; null: what is in it say its notices. */
    about_json: string | null;
  };
  /** One thing that one person is to be told; `mail_id` null: it is gathered still. */
  mail_notice: {
    id: string;
    account: string;
    project_id: string;
    site_code: string;
    created_at: number;
    about_json: string;
    mail_id: string | null;
  };
  /** An exam on paper: one subject on one day. */
  event: {
    id: string;
    project_id: string;
    code: string;
    name: string;
    subject_code: string;
    subject_name: string;
    /** In names of files and folders. */
    subject_latin: string;
    /** `YYYY-MM-DD`. */
    date: string;
    stage: string;
    /** Six digits, of no other event at this centre: with them the numbers of our own sheets begin. */
    number_prefix: string;
    /** Of the newest sheet and kit that were made here. */
    last_serial: number;
    last_kit: number;
    /** Rules of numbers that were imported. */
    rules_json: string;
    composition_json: string;
    /** null: our own forms. */
    templates_json: string | null;
    protocol_due_h: number;
    created_at: number;
    created_by: string;
  };
  /** The register of forms. `room_code`: '' where the register says none. */
  kit: {
    event_id: string;
    kit: string;
    site_code: string;
    room_code: string;
    copy: number;
    /** Of the question paper, and 1 where it replaces others; null: materials were not prepared since it was registered. */
    variant: Generated<number | null>;
    reserve: Generated<number | null>;
  };
  sheet: {
    project_id: string;
    number: string;
    event_id: string;
    site_code: string;
    room_code: string;
    /** null: an additional sheet that was not given to anybody yet. */
    kit: string | null;
    kind: string;
    /** Within its kit, from 1. */
    place: number;
    sides: number;
    copy: number;
    /** `missing | filled | empty | duplicate`, or `not-expected` where nobody writes on it; follows from the scans. */
    side_1: string;
    /** null: it has one side. */
    side_2: string | null;
  };
  /** Sums of a site in an event, so that a thousand sites are listed without counting millions of sheets. They follow from the scans. */
  event_site: {
    event_id: string;
    site_code: string;
    kits: number;
    /** Sides of sheets that are expected back, and those of which at least one page came. */
    sides: number;
    came: number;
    /** Pages. */
    filled: number;
    empty: number;
    duplicate: number;
  };
  /** A register that is growing: what is still to be made of its plan. Goes with the last of it. */
  register_work: {
    event_id: string;
    project_id: string;
    /** Rows of the plan. */
    plan_json: string;
    /** Of the steps that the plan is made in, the first that is not made yet. */
    next: number;
    by_account: string;
    begun_at: number;
    /** Why it stands still; null: it goes on, also after a restart. */
    problem_json: string | null;
  };
  /** Prefixes of numbers that were ever given, those of events that were removed, too: forms with them may lie somewhere. */
  given_prefix: { prefix: string; event_id: string; at: number };
  /** Of all events of the project. `opens`: `token` or `password`. */
  day_policy: {
    project_id: string;
    opens: string;
    release_before_min: number;
    /** Passwords of archives are written into the sites' threads of the support desk when they are released. */
    posts_password: number;
  };
  /** What an event's day is like; no row: as `usualDay`. */
  event_day: {
    event_id: string;
    start_at: number | null;
    speaking: number;
    preprinted: number;
    /** How many of the last kits of each room are reserves. */
    room_reserve: number;
    kept_afterwards: number;
    /** Tasks of a speaking exam, in their order. */
    tasks_json: string;
  };
  /** As `session_release`. */
  event_release: {
    event_id: string;
    not_before: number | null;
    agreed_at: number | null;
    held_reason: string | null;
    held_by: string | null;
    held_at: number | null;
  };
  /** What question papers and plans are sealed to; the key itself, Base64, sealed to the release token. */
  event_seal: {
    event_id: string;
    recipient: string;
    sealed_key: string;
    made_at: number;
    by_account: string;
    /** Of what materials were prepared last, for all sites; null: never. See `preparedFrom`. */
    prepared_from: string | null;
  };
  /** Question papers. `digest` and `size`: of the file as it came; sealed it lies in the blob store. */
  material: {
    event_id: string;
    variant: number;
    /** Grows with each file that takes the place of another. */
    revision: number;
    file_name: string;
    pages: number;
    size: number;
    digest: string;
    sealed_digest: string;
    sealed_size: number;
    at: number;
    by_account: string;
  };
  /** Materials that are being prepared. Goes with the last site. */
  material_work: {
    event_id: string;
    project_id: string;
    by_account: string;
    begun_at: number;
    /** Why it stands still; null: it goes on, also after a restart. */
    problem_json: string | null;
  };
  /** What a site gets: its parcel follows from this row and from what it names in the blob store. */
  site_material: {
    event_id: string;
    site_code: string;
    revision: number;
    /** SHA-256 of the plan and the question papers, unsealed: the same one is prepared once. */
    content: string;
    /** Of the sealed plan. */
    plan_digest: string;
    plan_size: number;
    /** `[{variant, digest, size}]`, sealed. */
    variants_json: string;
    about_json: string;
    made_at: number;
  };
  /** Members of the commission whose tokens open materials. */
  member: {
    id: string;
    project_id: string;
    name: string;
    serial: string;
    recipient: string;
    /** Codes; `null` as JSON: all sites. */
    sites_json: string;
    added_at: number;
    added_by: string;
    revoked_at: number | null;
    revoked_by: string | null;
    revoked_reason: string | null;
  };
  /** One release secret for all keys of a site in an event. `again_json`: serial numbers that were revoked before the release. */
  access_site: {
    event_id: string;
    site_code: string;
    project_id: string;
    sealed_secret: string;
    released_at: number | null;
    again_json: string | null;
  };
  access_grant: {
    event_id: string;
    site_code: string;
    number: number;
    grant_json: string;
    locked: string;
    /** age recipients inside of the release. */
    sealed_to_json: string;
    /** 1: its secret is told to nobody any more. */
    void: number;
    made_at: number;
    by_account: string;
  };
  /** Where a key was used, as the site says. */
  access_use: {
    event_id: string;
    site_code: string;
    number: number;
    station: string;
    token_serial: string | null;
    at: number;
  };
  day_fetch: {
    id: string;
    project_id: string;
    event_id: string;
    site_code: string;
    at: number;
    /** `materials`, `access-key`, or `release`. */
    what: string;
    /** Revision of the materials, number of the key. */
    number: number | null;
    /** `online`, `file`, `words`, or `digits`. */
    way: string;
    /** Who took it to hand it on; null: the site itself. */
    by_account: string | null;
    address: string | null;
  };
  /** Whoever changes what scans count as holds this row of the project; `last` grows with each change. */
  scan_count: { project_id: string; last: number };
  scan_upload: {
    id: string;
    project_id: string;
    number: number;
    by_account: string;
    /** Of whoever sent it, at that time; `null` as JSON: none. */
    limit_json: string;
    /** `browser`, `gateway`, `package`. */
    way: string;
    file_name: string;
    size: number;
    /** `coming | waiting | reading | password | refused | read | cancelled`. */
    state: string;
    /** Sealed to this centre; gone when the archive was read. */
    password_sealed: string | null;
    problem_json: string | null;
    warnings_json: string;
    /** In the archive; null: it was not opened yet. */
    files: number | null;
    passed_over: number;
    begun_at: number;
    came_at: number | null;
    finished_at: number | null;
    /** Files of the archive that are kept as scans. */
    done: number;
    filled: number;
    empty: number;
    duplicate: number;
    unrecognised: number;
    foreign_pages: number;
    bad_image: number;
    already_uploaded: number;
    deleted: number;
  };
  /** A page as it came, and what the machine read. Written once. */
  scan: {
    id: string;
    project_id: string;
    upload_id: string;
    /** In its archive, from 0. */
    position: number;
    name: string;
    /** Of its image; null: it was refused before there was one. */
    digest: string | null;
    thumbnail: string | null;
    at: number;
    reading_json: string;
  };
  /** What people decided about a page. Only added to. */
  scan_decision: {
    scan_id: string;
    seq: number;
    at: number;
    by_account: string;
    /** `number | deleted | restored | turned`. */
    what: string;
    number: string | null;
    side: number | null;
    rotation: number | null;
  };
  /** What a page counts as: follows from scan, decisions, register and other pages, see `exam/scan/standing.ts`. */
  scan_standing: {
    scan_id: string;
    project_id: string;
    upload_id: string;
    position: number;
    own_class: string;
    class: string;
    foreign_reason: string | null;
    /** Of the sheet, where the register has it. */
    event_id: string | null;
    site_code: string | null;
    room_code: string | null;
    kit: string | null;
    number: string | null;
    side: number | null;
    /** 1: a person typed the number. */
    by_person: number;
    /** Rows of boxes that wait for a person. */
    marks_open: number;
    /** Rows of boxes that were read. */
    marks_rows: number;
    /** 1: its form has boxes, and none of them was read. */
    marks_unread: number;
  };
  /** What people decided about one row of boxes. Only added to. */
  mark_decision: {
    scan_id: string;
    field: string;
    row: number;
    seq: number;
    at: number;
    by_account: string;
    /** Columns that are marked; `null` as JSON: an earlier decision was taken back. */
    marked_json: string;
    /** `review`: the row waited. `check`: the machine was sure of it, and a person looked all the same. */
    purpose: Generated<string>;
    /** 1: nothing else than what the machine was sure of. */
    agreed: Generated<number>;
  };
  /** A page read again for its marks, with its form known from the register. Only added to: the newest for the page's form counts. */
  mark_reading: {
    scan_id: string;
    seq: number;
    at: number;
    by_account: string;
    kind: string;
    side: number;
    reading_json: string;
  };
  /** A room's protocol as its site sent it. Only added to: the highest version counts. */
  protocol: {
    event_id: string;
    site_code: string;
    room_code: string;
    version: number;
    at: number;
    by_account: string;
    way: string;
    body_json: string;
  };
  /** A package of answers as it came from a site; by the identity that its station gave it. */
  day_package: {
    project_id: string;
    id: string;
    event_id: string;
    site_code: string;
    kind: string;
    /** Of the parcel, which lies in the blob store, sealed as it came. */
    digest: string;
    size: number;
    station_id: string;
    station: string;
    room: string;
    part: number;
    parts: number;
    /** null: recordings. */
    pages: number | null;
    replaces: string | null;
    way: string;
    by_account: string;
    made_at: number;
    received_at: number;
    /** Of `scan_upload`, once it is opened: chosen before, so that it is one upload however often it is begun. */
    upload_id: string;
    /** What its station says is inside; null: not opened yet. */
    contents_json: string | null;
    opened_at: number | null;
    state: string;
    quality: string;
    rescan_json: string;
    /** Why it was rejected. */
    reason_json: string | null;
    /** What a person says with it. */
    note: string;
    /** Grows with each word: the site goes by the newest. */
    said_at: number;
  };
  /** END_PRINT, END_VOICE, END_SCAN: of each station the highest closing counts. */
  station_journal: {
    digest: string;
    project_id: string;
    event_id: string;
    site_code: string;
    station_id: string;
    kind: string;
    number: string;
    room: string | null;
    closing: number;
    finished_at: number;
    program: string;
    key_number: number | null;
    token_serial: string | null;
    size: number;
    entries: number;
    head_json: string;
    counts_json: string;
    fates_json: string;
    way: string;
    by_account: string;
    received_at: number;
  };
  /** A further console of a site, for exams on paper: it does what the first one does. */
  reserve_console: {
    project_id: string;
    site_code: string;
    id: string;
    /** null once used. */
    registration_code: string | null;
    return_code: string | null;
    node_id: string | null;
    tls_fingerprint: string | null;
    sealing_key: string | null;
    made_at: number;
    by_account: string;
    registered_at: number | null;
    last_contact: number | null;
  };
  /** How far a site is, as each of its consoles says: the newest report of each. */
  console_day: { event_id: string; site_code: string; node_id: string; at: number; report_json: string };
  /** How far a site is: what its consoles say, put together. */
  site_day: {
    event_id: string;
    site_code: string;
    at: number;
    statuses: number;
    report_json: string;
    received_at: number;
    way: string;
  };
  /** Archives for 7-Zip that are being made. Goes with the last of them; what of it no centre makes any more was interrupted. */
  archive_work: {
    event_id: string;
    project_id: string;
    by_account: string;
    begun_at: number;
    /** Why it stands still; null: it is being made, or was interrupted. */
    problem_json: string | null;
  };
  /** What a site opens with 7-Zip, where a project opens with a password: one for each revision of its materials. */
  site_archive: {
    event_id: string;
    site_code: string;
    revision: number;
    project_id: string;
    digest: string;
    size: number;
    /** To the event's key, and that to the centre. */
    sealed_password: string;
    made_at: number;
    by_account: string;
    released_at: number | null;
    released_by: string | null;
    /** From the release on: to the centre alone. */
    told_password: string | null;
    /** Of the posting that tells it; null: none is wanted. */
    posting_id: string | null;
    posted_at: number | null;
  };
  /** Said at the centre: by the site's account, or by the desk. */
  site_stage: { event_id: string; site_code: string; stage: string; at: number; by_account: string };
  gateway_file: {
    event_id: string;
    site_code: string;
    name: string;
    size: number;
    sha256: string;
    at: number;
    by_account: string;
    /** An archive of scans; null: a parcel. */
    upload_id: string | null;
  };
}
