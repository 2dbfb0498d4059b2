-- Written by `npm run schema` from the migrations. Not read by the program.

CREATE TABLE project (
  id text not null,
  code text not null,
  name text not null,
  mode text not null,
  support_phone text not null,
  created_at integer not null,
  changed_at integer not null,
  revision integer default 0 not null,
  roster_mapping_json text,
  two_persons integer default 0 not null,
  constraint project_key primary key (id),
  constraint project_by_code unique (code)
) strict;

CREATE TABLE session (
  id text not null,
  project_id text not null,
  number integer not null,
  body_json text not null,
  constraint session_key primary key (id),
  constraint session_of_project unique (project_id, number),
  constraint session_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE site (
  project_id text not null,
  code text not null,
  name text not null,
  registration_code text,
  node_id text,
  tls_fingerprint text,
  signing_key text,
  sealing_key text,
  registered_at integer,
  last_contact integer,
  status_json text,
  code_key text,
  return_code text,
  told_at integer,
  told_to text,
  region text,
  constraint site_key primary key (project_id, code),
  constraint site_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE room (
  project_id text not null,
  site_code text not null,
  code text not null,
  name text not null,
  constraint room_key primary key (project_id, code),
  constraint room_site foreign key (project_id, site_code) references site (project_id, code)
) strict;

CREATE INDEX room_of_site on room (project_id, site_code);

CREATE TABLE candidate (
  id text not null,
  project_id text not null,
  session_number integer not null,
  site_code text not null,
  room_code text not null,
  position integer not null,
  admission_number text not null,
  name text not null,
  name_folded text not null,
  seat_number integer,
  extra_percent real not null,
  accommodations_json text,
  constraint candidate_key primary key (id),
  constraint candidate_by_number unique (project_id, admission_number, session_number),
  constraint candidate_room foreign key (project_id, room_code) references room (project_id, code)
) strict;

CREATE INDEX candidate_of_room on candidate (project_id, room_code, session_number, position);

CREATE TABLE paper (
  id text not null,
  project_id text not null,
  title text not null,
  file_name text not null,
  language text not null,
  imported_at integer not null,
  items integer not null,
  files integer not null,
  bytes integer not null,
  body_digest text not null,
  key_digest text not null,
  report_json text not null,
  constraint paper_key primary key (id),
  constraint paper_project foreign key (project_id) references project (id)
) strict;

CREATE INDEX paper_of_project on paper (project_id, imported_at);

CREATE TABLE publication (
  project_id text not null,
  number integer not null,
  published_at integer not null,
  rooms integer not null,
  bytes integer not null,
  by_account text not null,
  revision integer,
  changed_rooms integer,
  constraint publication_key primary key (project_id, number),
  constraint publication_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE sealed_paper (
  session_id text not null,
  subject integer not null,
  paper_id text not null,
  digest text not null,
  size integer not null,
  items integer not null,
  recipient text not null,
  sealed_key text not null,
  constraint sealed_paper_key primary key (session_id, subject),
  constraint sealed_paper_session foreign key (session_id) references session (id),
  constraint sealed_paper_paper foreign key (paper_id) references paper (id)
) strict;

CREATE TABLE authorisation (
  session_id text not null,
  site_code text not null,
  project_id text not null,
  prepared_at integer not null,
  locked text not null,
  sealed_secret text not null,
  fetched_at integer,
  released_at integer,
  sealed_to_json text,
  again_json text,
  constraint authorisation_key primary key (session_id, site_code),
  constraint authorisation_session foreign key (session_id) references session (id),
  constraint authorisation_site foreign key (project_id, site_code) references site (project_id, code)
) strict;

CREATE INDEX authorisation_of_site on authorisation (project_id, site_code);

CREATE TABLE result (
  id text not null,
  project_id text not null,
  session_id text not null,
  site_code text not null,
  room_code text not null,
  parcel_digest text not null,
  received_at integer not null,
  receipt text not null,
  receipt_at integer not null,
  entries integer not null,
  expected integer not null,
  sat integer not null,
  absent integer not null,
  files integer not null,
  files_missing integer not null,
  problem_json text,
  foreign_changes integer default 0 not null,
  foreign_sittings integer default 0 not null,
  held_json text,
  change_number integer default 0 not null,
  receipt_number integer default 0 not null,
  constraint result_key primary key (id),
  constraint result_by_parcel unique (parcel_digest),
  constraint result_project foreign key (project_id) references project (id),
  constraint result_session foreign key (session_id) references session (id)
) strict;

CREATE INDEX result_of_room on result (session_id, room_code);

CREATE INDEX result_of_site on result (project_id, site_code, received_at);

CREATE TABLE sitting (
  project_id text not null,
  session_id text not null,
  admission_number text not null,
  site_code text not null,
  room_code text not null,
  state text not null,
  changes integer not null,
  constraint sitting_key primary key (session_id, admission_number),
  constraint sitting_session foreign key (session_id) references session (id)
) strict;

CREATE TABLE answer (
  project_id text not null,
  session_id text not null,
  admission_number text not null,
  item text not null,
  changes integer not null,
  kept_at integer not null,
  responses_json text not null,
  constraint answer_key primary key (session_id, admission_number, item),
  constraint answer_sitting foreign key (session_id, admission_number) references sitting (session_id, admission_number) on delete cascade
) strict;

CREATE TABLE answer_file (
  project_id text not null,
  session_id text not null,
  admission_number text not null,
  item text not null,
  response text not null,
  digest text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  kept integer not null,
  constraint answer_file_key primary key (session_id, admission_number, item, response),
  constraint answer_file_answer foreign key (session_id, admission_number, item) references answer (session_id, admission_number, item) on delete cascade
) strict;

CREATE INDEX answer_file_of_project on answer_file (project_id);

CREATE TABLE score (
  project_id text not null,
  session_id text not null,
  admission_number text not null,
  score real,
  max_score real,
  needs_marking integer not null,
  items_json text not null,
  change_number integer default 0 not null,
  constraint score_key primary key (session_id, admission_number),
  constraint score_sitting foreign key (session_id, admission_number) references sitting (session_id, admission_number) on delete cascade
) strict;

CREATE INDEX score_of_project on score (project_id);

CREATE TABLE photo (
  project_id text not null,
  admission_number text not null,
  digest text not null,
  size integer not null,
  media_type text not null,
  constraint photo_key primary key (project_id, admission_number),
  constraint photo_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE INDEX site_told_since on site (told_at);

CREATE TABLE board_sample (
  session_id text not null,
  at integer not null,
  signed_in integer not null,
  in_exam integer not null,
  handed_in integer not null,
  constraint board_sample_key primary key (session_id, at),
  constraint board_sample_session foreign key (session_id) references session (id) on delete cascade
) strict;

CREATE TABLE board_acknowledgement (
  session_id text not null,
  site_code text not null,
  kind text not null,
  since integer not null,
  about_json text not null,
  at integer not null,
  by_account text not null,
  note text not null,
  constraint board_acknowledgement_key primary key (session_id, site_code, kind, since),
  constraint board_acknowledgement_session foreign key (session_id) references session (id) on delete cascade
) strict;

CREATE TABLE publication_work (
  project_id text not null,
  id text not null,
  number integer not null,
  by_account text not null,
  begun_at integer not null,
  problem_json text,
  constraint publication_work_key primary key (project_id),
  constraint publication_work_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE next_paper (
  session_id text not null,
  subject integer not null,
  paper_id text not null,
  digest text not null,
  size integer not null,
  items integer not null,
  recipient text not null,
  sealed_key text not null,
  constraint next_paper_key primary key (session_id, subject),
  constraint next_paper_session foreign key (session_id) references session (id) on delete cascade,
  constraint next_paper_paper foreign key (paper_id) references paper (id)
) strict;

CREATE TABLE made_package (
  project_id text not null,
  digest text not null,
  bytes integer not null,
  jws text not null,
  constraint made_package_key primary key (project_id, digest),
  constraint made_package_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE publication_room (
  project_id text not null,
  number integer not null,
  room_code text not null,
  site_code text not null,
  digest text not null,
  constraint publication_room_key primary key (project_id, number, room_code),
  constraint publication_room_package foreign key (project_id, digest) references made_package (project_id, digest)
) strict;

CREATE INDEX publication_room_of_site on publication_room (project_id, number, site_code);

CREATE INDEX publication_room_with_package on publication_room (project_id, digest);

CREATE TABLE publication_site (
  project_id text not null,
  site_code text not null,
  number integer not null,
  digest text not null,
  since integer not null,
  since_at integer not null,
  constraint publication_site_key primary key (project_id, site_code, number),
  constraint publication_site_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE publication_download (
  id text not null,
  project_id text not null,
  site_code text not null,
  number integer not null,
  at integer not null,
  way text not null,
  bytes integer not null,
  by_account text,
  constraint publication_download_key primary key (id),
  constraint publication_download_project foreign key (project_id) references project (id)
) strict;

CREATE INDEX publication_download_of_project on publication_download (project_id, at);

CREATE TABLE candidate_word (
  project_id text not null,
  word text not null,
  candidate_id text not null,
  constraint candidate_word_key primary key (project_id, word, candidate_id),
  constraint candidate_word_project foreign key (project_id) references project (id)
) strict;

CREATE INDEX room_found_by_code on room (project_id, lower(code));

CREATE INDEX room_found_by_site_code on room (project_id, lower(site_code));

CREATE TABLE support_posting (
  project_id text not null,
  site_code text not null,
  id text not null,
  seq integer not null,
  entered integer not null,
  posting_json text not null,
  constraint support_posting_key primary key (project_id, site_code, id),
  constraint support_posting_by_seq unique (project_id, site_code, seq),
  constraint support_posting_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE INDEX support_posting_not_entered on support_posting (entered);

CREATE TABLE support_seen (
  project_id text not null,
  site_code text not null,
  thread_id text not null,
  seq integer not null,
  constraint support_seen_key primary key (project_id, site_code, thread_id),
  constraint support_seen_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE INDEX site_of_region on site (region, project_id);

CREATE TABLE mail (
  id text not null,
  account text not null,
  address text not null,
  language text not null,
  state text not null,
  tries integer not null,
  created_at integer not null,
  next_at integer not null,
  ended_at integer,
  problem_json text,
  about_json text,
  constraint mail_key primary key (id)
) strict;

CREATE INDEX mail_due on mail (state, next_at);

CREATE TABLE mail_notice (
  id text not null,
  account text not null,
  project_id text not null,
  site_code text not null,
  created_at integer not null,
  about_json text not null,
  mail_id text,
  constraint mail_notice_key primary key (id, account),
  constraint mail_notice_project foreign key (project_id) references project (id) on delete cascade,
  constraint mail_notice_mail foreign key (mail_id) references mail (id) on delete cascade
) strict;

CREATE INDEX mail_notice_of_mail on mail_notice (mail_id, account);

CREATE INDEX mail_notice_of_project on mail_notice (project_id);

CREATE TABLE api_key (
  id text not null,
  name text not null,
  start text not null,
  hash text not null,
  rights text not null,
  project_id text,
  created_at integer not null,
  created_by text not null,
  expires_at integer,
  revoked_at integer,
  revoked_by text,
  used_at integer,
  used_from text,
  constraint api_key_key primary key (id),
  constraint api_key_by_hash unique (hash),
  constraint api_key_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE TABLE api_request (
  key_id text not null,
  idempotency_key text not null,
  fingerprint text not null,
  answer_json text not null,
  at integer not null,
  constraint api_request_key primary key (key_id, idempotency_key),
  constraint api_request_of_key foreign key (key_id) references api_key (id) on delete cascade
) strict;

CREATE INDEX api_request_by_age on api_request (at);

CREATE TABLE change_count (
  project_id text not null,
  last integer not null,
  constraint change_count_key primary key (project_id),
  constraint change_count_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE INDEX result_by_change_number on result (project_id, change_number);

CREATE INDEX result_by_receipt_number on result (project_id, receipt_number);

CREATE INDEX score_by_change_number on score (project_id, change_number);

CREATE INDEX sitting_of_room on sitting (session_id, room_code, admission_number);

CREATE TABLE site_lock (
  project_id text not null,
  site_code text not null,
  serial text not null,
  kind text not null,
  recipient text not null,
  note text not null,
  state text not null,
  registered_at integer not null,
  registered_by text,
  seen_at integer,
  revoked_at integer,
  revoked_by text,
  revoked_reason text,
  constraint site_lock_key primary key (project_id, site_code, serial),
  constraint site_lock_site foreign key (project_id, site_code) references site (project_id, code) on delete cascade
) strict;

CREATE INDEX site_lock_by_serial on site_lock (serial);

CREATE TABLE lock_code (
  project_id text not null,
  site_code text not null,
  code text not null,
  expires_at integer not null,
  by_account text not null,
  constraint lock_code_key primary key (project_id, site_code),
  constraint lock_code_site foreign key (project_id, site_code) references site (project_id, code) on delete cascade
) strict;

CREATE TABLE lock_calibration (
  project_id text not null,
  site_code text not null,
  serial text not null,
  session_id text not null,
  at integer not null,
  constraint lock_calibration_key primary key (project_id, site_code, serial, session_id),
  constraint lock_calibration_lock foreign key (project_id, site_code, serial) references site_lock (project_id, site_code, serial) on delete cascade,
  constraint lock_calibration_session foreign key (session_id) references session (id) on delete cascade
) strict;

CREATE TABLE session_release (
  session_id text not null,
  not_before integer,
  agreed_at integer,
  held_reason text,
  held_by text,
  held_at integer,
  constraint session_release_key primary key (session_id),
  constraint session_release_session foreign key (session_id) references session (id) on delete cascade
) strict;

CREATE TABLE authorisation_fetch (
  id text not null,
  project_id text not null,
  session_id text not null,
  site_code text not null,
  at integer not null,
  what text not null,
  way text not null,
  by_account text,
  lock_serial text,
  address text,
  constraint authorisation_fetch_key primary key (id),
  constraint authorisation_fetch_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE INDEX authorisation_fetch_newest on authorisation_fetch (project_id, at);

CREATE TABLE confirmation_request (
  id text not null,
  project_id text not null,
  act text not null,
  session_id text,
  site_code text,
  release_at integer,
  reason text not null,
  asked_by text not null,
  asked_at integer not null,
  asked_from text not null,
  state text not null,
  decided_by text,
  decided_at integer,
  decided_from text,
  proof text,
  note text,
  used_at integer,
  constraint confirmation_request_key primary key (id),
  constraint confirmation_request_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE INDEX confirmation_request_newest on confirmation_request (project_id, asked_at);

CREATE TABLE event (
  id text not null,
  project_id text not null,
  code text not null,
  name text not null,
  subject_code text not null,
  subject_name text not null,
  subject_latin text not null,
  date text not null,
  stage text not null,
  number_prefix text not null,
  last_serial integer not null,
  last_kit integer not null,
  rules_json text not null,
  composition_json text not null,
  templates_json text,
  protocol_due_h integer not null,
  created_at integer not null,
  created_by text not null,
  constraint event_key primary key (id),
  constraint event_by_code unique (project_id, code),
  constraint event_by_prefix unique (number_prefix),
  constraint event_project foreign key (project_id) references project (id)
) strict;

CREATE INDEX event_of_project on event (project_id, date, code);

CREATE TABLE kit (
  event_id text not null,
  kit text not null,
  site_code text not null,
  room_code text not null,
  copy integer not null,
  variant integer,
  reserve integer,
  constraint kit_key primary key (event_id, kit),
  constraint kit_event foreign key (event_id) references event (id)
) strict;

CREATE INDEX kit_of_site on kit (event_id, site_code, kit);

CREATE TABLE sheet (
  project_id text not null,
  number text not null,
  event_id text not null,
  site_code text not null,
  room_code text not null,
  kit text,
  kind text not null,
  place integer not null,
  sides integer not null,
  copy integer not null,
  side_1 text not null,
  side_2 text,
  constraint sheet_key primary key (project_id, number),
  constraint sheet_event foreign key (event_id) references event (id)
) strict;

CREATE INDEX sheet_of_site on sheet (event_id, site_code, kit, place);

CREATE TABLE event_site (
  event_id text not null,
  site_code text not null,
  kits integer not null,
  sides integer not null,
  came integer not null,
  filled integer not null,
  empty integer not null,
  duplicate integer not null,
  constraint event_site_key primary key (event_id, site_code),
  constraint event_site_event foreign key (event_id) references event (id)
) strict;

CREATE TABLE scan_count (
  project_id text not null,
  last integer not null,
  constraint scan_count_key primary key (project_id),
  constraint scan_count_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE TABLE scan_upload (
  id text not null,
  project_id text not null,
  number integer not null,
  by_account text not null,
  limit_json text not null,
  way text not null,
  file_name text not null,
  size integer not null,
  state text not null,
  password_sealed text,
  problem_json text,
  warnings_json text not null,
  files integer,
  passed_over integer not null,
  begun_at integer not null,
  came_at integer,
  finished_at integer,
  done integer not null,
  filled integer not null,
  empty integer not null,
  duplicate integer not null,
  unrecognised integer not null,
  foreign_pages integer not null,
  bad_image integer not null,
  already_uploaded integer not null,
  deleted integer not null,
  constraint scan_upload_key primary key (id),
  constraint scan_upload_number unique (project_id, number),
  constraint scan_upload_project foreign key (project_id) references project (id)
) strict;

CREATE INDEX scan_upload_in_work on scan_upload (state);

CREATE TABLE scan (
  id text not null,
  project_id text not null,
  upload_id text not null,
  position integer not null,
  name text not null,
  digest text,
  thumbnail text,
  at integer not null,
  reading_json text not null,
  constraint scan_key primary key (id),
  constraint scan_once unique (upload_id, position),
  constraint scan_of_upload foreign key (upload_id) references scan_upload (id)
) strict;

CREATE INDEX scan_by_image on scan (project_id, digest);

CREATE TABLE scan_decision (
  scan_id text not null,
  seq integer not null,
  at integer not null,
  by_account text not null,
  what text not null,
  number text,
  side integer,
  rotation integer,
  constraint scan_decision_key primary key (scan_id, seq),
  constraint scan_decision_scan foreign key (scan_id) references scan (id)
) strict;

CREATE TABLE scan_standing (
  scan_id text not null,
  project_id text not null,
  upload_id text not null,
  position integer not null,
  own_class text not null,
  class text not null,
  foreign_reason text,
  event_id text,
  site_code text,
  room_code text,
  kit text,
  number text,
  side integer,
  by_person integer not null,
  marks_open integer not null,
  marks_rows integer default 0 not null,
  marks_unread integer default 0 not null,
  constraint scan_standing_key primary key (scan_id),
  constraint scan_standing_scan foreign key (scan_id) references scan (id)
) strict;

CREATE INDEX standing_of_upload on scan_standing (upload_id, class, position);

CREATE INDEX standing_of_sheet on scan_standing (project_id, number, side);

CREATE INDEX standing_of_site on scan_standing (event_id, site_code, class);

CREATE INDEX standing_by_class on scan_standing (project_id, class);

CREATE TABLE mark_decision (
  scan_id text not null,
  field text not null,
  row integer not null,
  seq integer not null,
  at integer not null,
  by_account text not null,
  marked_json text not null,
  purpose text default 'review' not null,
  agreed integer default 0 not null,
  constraint mark_decision_key primary key (scan_id, field, row, seq),
  constraint mark_decision_scan foreign key (scan_id) references scan (id)
) strict;

CREATE TABLE protocol (
  event_id text not null,
  site_code text not null,
  room_code text not null,
  version integer not null,
  at integer not null,
  by_account text not null,
  way text not null,
  body_json text not null,
  constraint protocol_key primary key (event_id, site_code, room_code, version),
  constraint protocol_event foreign key (event_id) references event (id)
) strict;

CREATE TABLE register_work (
  event_id text not null,
  project_id text not null,
  plan_json text not null,
  next integer not null,
  by_account text not null,
  begun_at integer not null,
  problem_json text,
  constraint register_work_key primary key (event_id),
  constraint register_work_event foreign key (event_id) references event (id) on delete cascade,
  constraint register_work_project foreign key (project_id) references project (id)
) strict;

CREATE TABLE given_prefix (
  prefix text not null,
  event_id text not null,
  at integer not null,
  constraint given_prefix_key primary key (prefix)
) strict;

CREATE TABLE mark_reading (
  scan_id text not null,
  seq integer not null,
  at integer not null,
  by_account text not null,
  kind text not null,
  side integer not null,
  reading_json text not null,
  constraint mark_reading_key primary key (scan_id, seq),
  constraint mark_reading_scan foreign key (scan_id) references scan (id)
) strict;

CREATE INDEX standing_of_open_marks on scan_standing (event_id, marks_open, scan_id);

CREATE INDEX standing_of_unread_marks on scan_standing (event_id, marks_unread, scan_id);

CREATE TABLE day_policy (
  project_id text not null,
  opens text not null,
  release_before_min integer not null,
  posts_password integer default 1 not null,
  constraint day_policy_key primary key (project_id),
  constraint day_policy_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE TABLE event_day (
  event_id text not null,
  start_at integer,
  speaking integer not null,
  preprinted integer not null,
  room_reserve integer not null,
  tasks_json text not null,
  kept_afterwards integer default 0 not null,
  constraint event_day_key primary key (event_id),
  constraint event_day_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE event_release (
  event_id text not null,
  not_before integer,
  agreed_at integer,
  held_reason text,
  held_by text,
  held_at integer,
  constraint event_release_key primary key (event_id),
  constraint event_release_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE event_seal (
  event_id text not null,
  recipient text not null,
  sealed_key text not null,
  made_at integer not null,
  by_account text not null,
  prepared_from text,
  constraint event_seal_key primary key (event_id),
  constraint event_seal_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE material (
  event_id text not null,
  variant integer not null,
  revision integer not null,
  file_name text not null,
  pages integer not null,
  size integer not null,
  digest text not null,
  sealed_digest text not null,
  sealed_size integer not null,
  at integer not null,
  by_account text not null,
  constraint material_key primary key (event_id, variant),
  constraint material_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE material_work (
  event_id text not null,
  project_id text not null,
  by_account text not null,
  begun_at integer not null,
  problem_json text,
  constraint material_work_key primary key (event_id),
  constraint material_work_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE site_material (
  event_id text not null,
  site_code text not null,
  revision integer not null,
  content text not null,
  plan_digest text not null,
  plan_size integer not null,
  variants_json text not null,
  about_json text not null,
  made_at integer not null,
  constraint site_material_key primary key (event_id, site_code),
  constraint site_material_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE member (
  id text not null,
  project_id text not null,
  name text not null,
  serial text not null,
  recipient text not null,
  sites_json text not null,
  added_at integer not null,
  added_by text not null,
  revoked_at integer,
  revoked_by text,
  revoked_reason text,
  constraint member_key primary key (id),
  constraint member_by_recipient unique (project_id, recipient),
  constraint member_project foreign key (project_id) references project (id) on delete cascade
) strict;

CREATE TABLE access_site (
  event_id text not null,
  site_code text not null,
  project_id text not null,
  sealed_secret text not null,
  released_at integer,
  again_json text,
  constraint access_site_key primary key (event_id, site_code),
  constraint access_site_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE INDEX access_site_of_project on access_site (project_id, site_code);

CREATE TABLE access_grant (
  event_id text not null,
  site_code text not null,
  number integer not null,
  grant_json text not null,
  locked text not null,
  sealed_to_json text not null,
  void integer not null,
  made_at integer not null,
  by_account text not null,
  constraint access_grant_key primary key (event_id, site_code, number),
  constraint access_grant_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE access_use (
  event_id text not null,
  site_code text not null,
  number integer not null,
  station text not null,
  token_serial text,
  at integer not null,
  constraint access_use_key primary key (event_id, site_code, number, station),
  constraint access_use_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE day_fetch (
  id text not null,
  project_id text not null,
  event_id text not null,
  site_code text not null,
  at integer not null,
  what text not null,
  number integer,
  way text not null,
  by_account text,
  address text,
  constraint day_fetch_key primary key (id),
  constraint day_fetch_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE INDEX day_fetch_newest on day_fetch (event_id, at);

CREATE TABLE day_package (
  project_id text not null,
  id text not null,
  event_id text not null,
  site_code text not null,
  kind text not null,
  digest text not null,
  size integer not null,
  station_id text not null,
  station text not null,
  room text not null,
  part integer not null,
  parts integer not null,
  pages integer,
  replaces text,
  way text not null,
  by_account text not null,
  made_at integer not null,
  received_at integer not null,
  upload_id text not null,
  contents_json text,
  opened_at integer,
  state text not null,
  quality text not null,
  rescan_json text not null,
  reason_json text,
  note text not null,
  said_at integer not null,
  constraint day_package_key primary key (project_id, id),
  constraint day_package_project foreign key (project_id) references project (id) on delete cascade,
  constraint day_package_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE INDEX day_package_of_site on day_package (event_id, site_code);

CREATE INDEX day_package_open on day_package (state, quality);

CREATE TABLE station_journal (
  digest text not null,
  project_id text not null,
  event_id text not null,
  site_code text not null,
  station_id text not null,
  kind text not null,
  number text not null,
  room text,
  closing integer not null,
  finished_at integer not null,
  program text not null,
  key_number integer,
  token_serial text,
  size integer not null,
  entries integer not null,
  head_json text not null,
  counts_json text not null,
  fates_json text not null,
  way text not null,
  by_account text not null,
  received_at integer not null,
  constraint station_journal_key primary key (digest),
  constraint station_journal_project foreign key (project_id) references project (id) on delete cascade,
  constraint station_journal_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE INDEX station_journal_of_site on station_journal (event_id, site_code, station_id, closing);

CREATE TABLE site_day (
  event_id text not null,
  site_code text not null,
  at integer not null,
  statuses integer not null,
  report_json text not null,
  received_at integer not null,
  way text not null,
  constraint site_day_key primary key (event_id, site_code),
  constraint site_day_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE gateway_file (
  event_id text not null,
  site_code text not null,
  name text not null,
  size integer not null,
  sha256 text not null,
  at integer not null,
  by_account text not null,
  upload_id text,
  constraint gateway_file_key primary key (event_id, site_code, name),
  constraint gateway_file_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE reserve_console (
  project_id text not null,
  site_code text not null,
  id text not null,
  registration_code text,
  return_code text,
  node_id text,
  tls_fingerprint text,
  sealing_key text,
  made_at integer not null,
  by_account text not null,
  registered_at integer,
  last_contact integer,
  constraint reserve_console_key primary key (project_id, site_code, id),
  constraint reserve_console_site foreign key (project_id, site_code) references site (project_id, code) on delete cascade
) strict;

CREATE TABLE console_day (
  event_id text not null,
  site_code text not null,
  node_id text not null,
  at integer not null,
  report_json text not null,
  constraint console_day_key primary key (event_id, site_code, node_id),
  constraint console_day_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE site_archive (
  event_id text not null,
  site_code text not null,
  revision integer not null,
  project_id text not null,
  digest text not null,
  size integer not null,
  sealed_password text not null,
  made_at integer not null,
  by_account text not null,
  released_at integer,
  released_by text,
  told_password text,
  posting_id text,
  posted_at integer,
  constraint site_archive_key primary key (event_id, site_code, revision),
  constraint site_archive_project foreign key (project_id) references project (id) on delete cascade,
  constraint site_archive_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE site_stage (
  event_id text not null,
  site_code text not null,
  stage text not null,
  at integer not null,
  by_account text not null,
  constraint site_stage_key primary key (event_id, site_code, stage),
  constraint site_stage_event foreign key (event_id) references event (id) on delete cascade
) strict;

CREATE TABLE archive_work (
  event_id text not null,
  project_id text not null,
  by_account text not null,
  begun_at integer not null,
  problem_json text,
  constraint archive_work_key primary key (event_id),
  constraint archive_work_event foreign key (event_id) references event (id) on delete cascade
) strict;
