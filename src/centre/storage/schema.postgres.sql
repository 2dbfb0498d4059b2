-- Written by `npm run schema` from the migrations. Not read by the program.

create table project (
  id text collate "C" not null,
  code text collate "C" not null,
  name text collate "C" not null,
  mode text collate "C" not null,
  support_phone text collate "C" not null,
  created_at bigint not null,
  changed_at bigint not null,
  revision integer not null,
  roster_mapping_json text,
  two_persons integer not null,
  constraint project_key PRIMARY KEY (id),
  constraint project_by_code UNIQUE (code)
);

create table session (
  id text collate "C" not null,
  project_id text collate "C" not null,
  number integer not null,
  body_json text collate "C" not null,
  constraint session_key PRIMARY KEY (id),
  constraint session_of_project UNIQUE (project_id, number),
  constraint session_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table site (
  project_id text collate "C" not null,
  code text collate "C" not null,
  name text collate "C" not null,
  registration_code text collate "C",
  node_id text collate "C",
  tls_fingerprint text collate "C",
  signing_key text collate "C",
  sealing_key text collate "C",
  registered_at bigint,
  last_contact bigint,
  status_json text collate "C",
  code_key text,
  return_code text,
  told_at bigint,
  told_to text collate "C",
  region text collate "C",
  constraint site_key PRIMARY KEY (project_id, code),
  constraint site_project FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX site_told_since ON public.site USING btree (told_at);
CREATE INDEX site_of_region ON public.site USING btree (region, project_id);

create table room (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  code text collate "C" not null,
  name text collate "C" not null,
  constraint room_key PRIMARY KEY (project_id, code),
  constraint room_site FOREIGN KEY (project_id, site_code) REFERENCES site(project_id, code)
);
CREATE INDEX room_of_site ON public.room USING btree (project_id, site_code);
CREATE INDEX room_found_by_code ON public.room USING btree (project_id, lower(code));
CREATE INDEX room_found_by_site_code ON public.room USING btree (project_id, lower(site_code));

create table candidate (
  id text collate "C" not null,
  project_id text collate "C" not null,
  session_number integer not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  "position" integer not null,
  admission_number text collate "C" not null,
  name text collate "C" not null,
  name_folded text collate "C" not null,
  seat_number integer,
  extra_percent double precision not null,
  accommodations_json text,
  constraint candidate_key PRIMARY KEY (id),
  constraint candidate_by_number UNIQUE (project_id, admission_number, session_number),
  constraint candidate_room FOREIGN KEY (project_id, room_code) REFERENCES room(project_id, code)
);
CREATE INDEX candidate_of_room ON public.candidate USING btree (project_id, room_code, session_number, "position");

create table paper (
  id text collate "C" not null,
  project_id text collate "C" not null,
  title text collate "C" not null,
  file_name text collate "C" not null,
  language text collate "C" not null,
  imported_at bigint not null,
  items integer not null,
  files integer not null,
  bytes bigint not null,
  body_digest text collate "C" not null,
  key_digest text collate "C" not null,
  report_json text collate "C" not null,
  constraint paper_key PRIMARY KEY (id),
  constraint paper_project FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX paper_of_project ON public.paper USING btree (project_id, imported_at);

create table publication (
  project_id text collate "C" not null,
  number integer not null,
  published_at bigint not null,
  rooms integer not null,
  bytes bigint not null,
  by_account text collate "C" not null,
  revision integer,
  changed_rooms integer,
  constraint publication_key PRIMARY KEY (project_id, number),
  constraint publication_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table sealed_paper (
  session_id text collate "C" not null,
  subject integer not null,
  paper_id text collate "C" not null,
  digest text collate "C" not null,
  size bigint not null,
  items integer not null,
  recipient text collate "C" not null,
  sealed_key text collate "C" not null,
  constraint sealed_paper_key PRIMARY KEY (session_id, subject),
  constraint sealed_paper_paper FOREIGN KEY (paper_id) REFERENCES paper(id),
  constraint sealed_paper_session FOREIGN KEY (session_id) REFERENCES session(id)
);

create table authorisation (
  session_id text collate "C" not null,
  site_code text collate "C" not null,
  project_id text collate "C" not null,
  prepared_at bigint not null,
  locked text collate "C" not null,
  sealed_secret text collate "C" not null,
  fetched_at bigint,
  released_at bigint,
  sealed_to_json text,
  again_json text,
  constraint authorisation_key PRIMARY KEY (session_id, site_code),
  constraint authorisation_session FOREIGN KEY (session_id) REFERENCES session(id),
  constraint authorisation_site FOREIGN KEY (project_id, site_code) REFERENCES site(project_id, code)
);
CREATE INDEX authorisation_of_site ON public.authorisation USING btree (project_id, site_code);

create table result (
  id text collate "C" not null,
  project_id text collate "C" not null,
  session_id text collate "C" not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  parcel_digest text collate "C" not null,
  received_at bigint not null,
  receipt text collate "C" not null,
  receipt_at bigint not null,
  entries integer not null,
  expected integer not null,
  sat integer not null,
  absent integer not null,
  files integer not null,
  files_missing integer not null,
  problem_json text collate "C",
  foreign_changes integer not null,
  foreign_sittings integer not null,
  held_json text,
  change_number integer not null,
  receipt_number integer not null,
  constraint result_key PRIMARY KEY (id),
  constraint result_by_parcel UNIQUE (parcel_digest),
  constraint result_project FOREIGN KEY (project_id) REFERENCES project(id),
  constraint result_session FOREIGN KEY (session_id) REFERENCES session(id)
);
CREATE INDEX result_of_room ON public.result USING btree (session_id, room_code);
CREATE INDEX result_of_site ON public.result USING btree (project_id, site_code, received_at);
CREATE INDEX result_by_change_number ON public.result USING btree (project_id, change_number);
CREATE INDEX result_by_receipt_number ON public.result USING btree (project_id, receipt_number);

create table sitting (
  project_id text collate "C" not null,
  session_id text collate "C" not null,
  admission_number text collate "C" not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  state text collate "C" not null,
  changes integer not null,
  constraint sitting_key PRIMARY KEY (session_id, admission_number),
  constraint sitting_session FOREIGN KEY (session_id) REFERENCES session(id)
);
CREATE INDEX sitting_of_room ON public.sitting USING btree (session_id, room_code, admission_number);

create table answer (
  project_id text collate "C" not null,
  session_id text collate "C" not null,
  admission_number text collate "C" not null,
  item text collate "C" not null,
  changes integer not null,
  kept_at bigint not null,
  responses_json text collate "C" not null,
  constraint answer_key PRIMARY KEY (session_id, admission_number, item),
  constraint answer_sitting FOREIGN KEY (session_id, admission_number) REFERENCES sitting(session_id, admission_number) ON DELETE CASCADE
);

create table answer_file (
  project_id text collate "C" not null,
  session_id text collate "C" not null,
  admission_number text collate "C" not null,
  item text collate "C" not null,
  response text collate "C" not null,
  digest text collate "C" not null,
  name text collate "C" not null,
  media_type text collate "C" not null,
  size bigint not null,
  kept integer not null,
  constraint answer_file_key PRIMARY KEY (session_id, admission_number, item, response),
  constraint answer_file_answer FOREIGN KEY (session_id, admission_number, item) REFERENCES answer(session_id, admission_number, item) ON DELETE CASCADE
);
CREATE INDEX answer_file_of_project ON public.answer_file USING btree (project_id);

create table score (
  project_id text collate "C" not null,
  session_id text collate "C" not null,
  admission_number text collate "C" not null,
  score double precision,
  max_score double precision,
  needs_marking integer not null,
  items_json text collate "C" not null,
  change_number integer not null,
  constraint score_key PRIMARY KEY (session_id, admission_number),
  constraint score_sitting FOREIGN KEY (session_id, admission_number) REFERENCES sitting(session_id, admission_number) ON DELETE CASCADE
);
CREATE INDEX score_of_project ON public.score USING btree (project_id);
CREATE INDEX score_by_change_number ON public.score USING btree (project_id, change_number);

create table photo (
  project_id text collate "C" not null,
  admission_number text collate "C" not null,
  digest text collate "C" not null,
  size integer not null,
  media_type text collate "C" not null,
  constraint photo_key PRIMARY KEY (project_id, admission_number),
  constraint photo_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table board_sample (
  session_id text collate "C" not null,
  at bigint not null,
  signed_in integer not null,
  in_exam integer not null,
  handed_in integer not null,
  constraint board_sample_key PRIMARY KEY (session_id, at),
  constraint board_sample_session FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);

create table board_acknowledgement (
  session_id text collate "C" not null,
  site_code text collate "C" not null,
  kind text collate "C" not null,
  since bigint not null,
  about_json text collate "C" not null,
  at bigint not null,
  by_account text collate "C" not null,
  note text collate "C" not null,
  constraint board_acknowledgement_key PRIMARY KEY (session_id, site_code, kind, since),
  constraint board_acknowledgement_session FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);

create table publication_work (
  project_id text collate "C" not null,
  id text collate "C" not null,
  number integer not null,
  by_account text collate "C" not null,
  begun_at bigint not null,
  problem_json text collate "C",
  constraint publication_work_key PRIMARY KEY (project_id),
  constraint publication_work_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table next_paper (
  session_id text collate "C" not null,
  subject integer not null,
  paper_id text collate "C" not null,
  digest text collate "C" not null,
  size bigint not null,
  items integer not null,
  recipient text collate "C" not null,
  sealed_key text collate "C" not null,
  constraint next_paper_key PRIMARY KEY (session_id, subject),
  constraint next_paper_paper FOREIGN KEY (paper_id) REFERENCES paper(id),
  constraint next_paper_session FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);

create table made_package (
  project_id text collate "C" not null,
  digest text collate "C" not null,
  bytes integer not null,
  jws text collate "C" not null,
  constraint made_package_key PRIMARY KEY (project_id, digest),
  constraint made_package_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table publication_room (
  project_id text collate "C" not null,
  number integer not null,
  room_code text collate "C" not null,
  site_code text collate "C" not null,
  digest text collate "C" not null,
  constraint publication_room_key PRIMARY KEY (project_id, number, room_code),
  constraint publication_room_package FOREIGN KEY (project_id, digest) REFERENCES made_package(project_id, digest)
);
CREATE INDEX publication_room_of_site ON public.publication_room USING btree (project_id, number, site_code);
CREATE INDEX publication_room_with_package ON public.publication_room USING btree (project_id, digest);

create table publication_site (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  number integer not null,
  digest text collate "C" not null,
  since integer not null,
  since_at bigint not null,
  constraint publication_site_key PRIMARY KEY (project_id, site_code, number),
  constraint publication_site_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table publication_download (
  id text collate "C" not null,
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  number integer not null,
  at bigint not null,
  way text collate "C" not null,
  bytes bigint not null,
  by_account text collate "C",
  constraint publication_download_key PRIMARY KEY (id),
  constraint publication_download_project FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX publication_download_of_project ON public.publication_download USING btree (project_id, at);

create table candidate_word (
  project_id text collate "C" not null,
  word text collate "C" not null,
  candidate_id text collate "C" not null,
  constraint candidate_word_key PRIMARY KEY (project_id, word, candidate_id),
  constraint candidate_word_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table support_posting (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  id text collate "C" not null,
  seq integer not null,
  entered integer not null,
  posting_json text collate "C" not null,
  constraint support_posting_key PRIMARY KEY (project_id, site_code, id),
  constraint support_posting_by_seq UNIQUE (project_id, site_code, seq),
  constraint support_posting_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);
CREATE INDEX support_posting_not_entered ON public.support_posting USING btree (entered);

create table support_seen (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  thread_id text collate "C" not null,
  seq integer not null,
  constraint support_seen_key PRIMARY KEY (project_id, site_code, thread_id),
  constraint support_seen_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table mail (
  id text collate "C" not null,
  account text collate "C" not null,
  address text collate "C" not null,
  language text collate "C" not null,
  state text collate "C" not null,
  tries integer not null,
  created_at bigint not null,
  next_at bigint not null,
  ended_at bigint,
  problem_json text collate "C",
  about_json text,
  constraint mail_key PRIMARY KEY (id)
);
CREATE INDEX mail_due ON public.mail USING btree (state, next_at);

create table mail_notice (
  id text collate "C" not null,
  account text collate "C" not null,
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  created_at bigint not null,
  about_json text collate "C" not null,
  mail_id text collate "C",
  constraint mail_notice_key PRIMARY KEY (id, account),
  constraint mail_notice_mail FOREIGN KEY (mail_id) REFERENCES mail(id) ON DELETE CASCADE,
  constraint mail_notice_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);
CREATE INDEX mail_notice_of_mail ON public.mail_notice USING btree (mail_id, account);
CREATE INDEX mail_notice_of_project ON public.mail_notice USING btree (project_id);

create table api_key (
  id text collate "C" not null,
  name text collate "C" not null,
  start text collate "C" not null,
  hash text collate "C" not null,
  rights text collate "C" not null,
  project_id text collate "C",
  created_at bigint not null,
  created_by text collate "C" not null,
  expires_at bigint,
  revoked_at bigint,
  revoked_by text collate "C",
  used_at bigint,
  used_from text collate "C",
  constraint api_key_key PRIMARY KEY (id),
  constraint api_key_by_hash UNIQUE (hash),
  constraint api_key_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table api_request (
  key_id text collate "C" not null,
  idempotency_key text collate "C" not null,
  fingerprint text collate "C" not null,
  answer_json text collate "C" not null,
  at bigint not null,
  constraint api_request_key PRIMARY KEY (key_id, idempotency_key),
  constraint api_request_of_key FOREIGN KEY (key_id) REFERENCES api_key(id) ON DELETE CASCADE
);
CREATE INDEX api_request_by_age ON public.api_request USING btree (at);

create table change_count (
  project_id text collate "C" not null,
  last integer not null,
  constraint change_count_key PRIMARY KEY (project_id),
  constraint change_count_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table site_lock (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  serial text collate "C" not null,
  kind text collate "C" not null,
  recipient text collate "C" not null,
  note text collate "C" not null,
  state text collate "C" not null,
  registered_at bigint not null,
  registered_by text collate "C",
  seen_at bigint,
  revoked_at bigint,
  revoked_by text collate "C",
  revoked_reason text collate "C",
  constraint site_lock_key PRIMARY KEY (project_id, site_code, serial),
  constraint site_lock_site FOREIGN KEY (project_id, site_code) REFERENCES site(project_id, code) ON DELETE CASCADE
);
CREATE INDEX site_lock_by_serial ON public.site_lock USING btree (serial);

create table lock_code (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  code text collate "C" not null,
  expires_at bigint not null,
  by_account text collate "C" not null,
  constraint lock_code_key PRIMARY KEY (project_id, site_code),
  constraint lock_code_site FOREIGN KEY (project_id, site_code) REFERENCES site(project_id, code) ON DELETE CASCADE
);

create table lock_calibration (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  serial text collate "C" not null,
  session_id text collate "C" not null,
  at bigint not null,
  constraint lock_calibration_key PRIMARY KEY (project_id, site_code, serial, session_id),
  constraint lock_calibration_lock FOREIGN KEY (project_id, site_code, serial) REFERENCES site_lock(project_id, site_code, serial) ON DELETE CASCADE,
  constraint lock_calibration_session FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);

create table session_release (
  session_id text collate "C" not null,
  not_before bigint,
  agreed_at bigint,
  held_reason text collate "C",
  held_by text collate "C",
  held_at bigint,
  constraint session_release_key PRIMARY KEY (session_id),
  constraint session_release_session FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE
);

create table authorisation_fetch (
  id text collate "C" not null,
  project_id text collate "C" not null,
  session_id text collate "C" not null,
  site_code text collate "C" not null,
  at bigint not null,
  what text collate "C" not null,
  way text collate "C" not null,
  by_account text collate "C",
  lock_serial text collate "C",
  address text collate "C",
  constraint authorisation_fetch_key PRIMARY KEY (id),
  constraint authorisation_fetch_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);
CREATE INDEX authorisation_fetch_newest ON public.authorisation_fetch USING btree (project_id, at);

create table confirmation_request (
  id text collate "C" not null,
  project_id text collate "C" not null,
  act text collate "C" not null,
  session_id text collate "C",
  site_code text collate "C",
  release_at bigint,
  reason text collate "C" not null,
  asked_by text collate "C" not null,
  asked_at bigint not null,
  asked_from text collate "C" not null,
  state text collate "C" not null,
  decided_by text collate "C",
  decided_at bigint,
  decided_from text collate "C",
  proof text collate "C",
  note text collate "C",
  used_at bigint,
  constraint confirmation_request_key PRIMARY KEY (id),
  constraint confirmation_request_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);
CREATE INDEX confirmation_request_newest ON public.confirmation_request USING btree (project_id, asked_at);

create table event (
  id text collate "C" not null,
  project_id text collate "C" not null,
  code text collate "C" not null,
  name text collate "C" not null,
  subject_code text collate "C" not null,
  subject_name text collate "C" not null,
  subject_latin text collate "C" not null,
  date text collate "C" not null,
  stage text collate "C" not null,
  number_prefix text collate "C" not null,
  last_serial bigint not null,
  last_kit bigint not null,
  rules_json text collate "C" not null,
  composition_json text collate "C" not null,
  templates_json text collate "C",
  protocol_due_h integer not null,
  created_at bigint not null,
  created_by text collate "C" not null,
  constraint event_key PRIMARY KEY (id),
  constraint event_by_code UNIQUE (project_id, code),
  constraint event_by_prefix UNIQUE (number_prefix),
  constraint event_project FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX event_of_project ON public.event USING btree (project_id, date, code);

create table kit (
  event_id text collate "C" not null,
  kit text collate "C" not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  copy integer not null,
  variant integer,
  reserve integer,
  constraint kit_key PRIMARY KEY (event_id, kit),
  constraint kit_event FOREIGN KEY (event_id) REFERENCES event(id)
);
CREATE INDEX kit_of_site ON public.kit USING btree (event_id, site_code, kit);

create table sheet (
  project_id text collate "C" not null,
  number text collate "C" not null,
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  kit text collate "C",
  kind text collate "C" not null,
  place integer not null,
  sides integer not null,
  copy integer not null,
  side_1 text collate "C" not null,
  side_2 text collate "C",
  constraint sheet_key PRIMARY KEY (project_id, number),
  constraint sheet_event FOREIGN KEY (event_id) REFERENCES event(id)
);
CREATE INDEX sheet_of_site ON public.sheet USING btree (event_id, site_code, kit, place);

create table event_site (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  kits integer not null,
  sides integer not null,
  came integer not null,
  filled integer not null,
  empty integer not null,
  duplicate integer not null,
  constraint event_site_key PRIMARY KEY (event_id, site_code),
  constraint event_site_event FOREIGN KEY (event_id) REFERENCES event(id)
);

create table scan_count (
  project_id text collate "C" not null,
  last bigint not null,
  constraint scan_count_key PRIMARY KEY (project_id),
  constraint scan_count_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table scan_upload (
  id text collate "C" not null,
  project_id text collate "C" not null,
  number integer not null,
  by_account text collate "C" not null,
  limit_json text collate "C" not null,
  way text collate "C" not null,
  file_name text collate "C" not null,
  size bigint not null,
  state text collate "C" not null,
  password_sealed text collate "C",
  problem_json text collate "C",
  warnings_json text collate "C" not null,
  files integer,
  passed_over integer not null,
  begun_at bigint not null,
  came_at bigint,
  finished_at bigint,
  done integer not null,
  filled integer not null,
  empty integer not null,
  duplicate integer not null,
  unrecognised integer not null,
  foreign_pages integer not null,
  bad_image integer not null,
  already_uploaded integer not null,
  deleted integer not null,
  constraint scan_upload_key PRIMARY KEY (id),
  constraint scan_upload_number UNIQUE (project_id, number),
  constraint scan_upload_project FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX scan_upload_in_work ON public.scan_upload USING btree (state);

create table scan (
  id text collate "C" not null,
  project_id text collate "C" not null,
  upload_id text collate "C" not null,
  "position" integer not null,
  name text collate "C" not null,
  digest text collate "C",
  thumbnail text collate "C",
  at bigint not null,
  reading_json text collate "C" not null,
  constraint scan_key PRIMARY KEY (id),
  constraint scan_once UNIQUE (upload_id, "position"),
  constraint scan_of_upload FOREIGN KEY (upload_id) REFERENCES scan_upload(id)
);
CREATE INDEX scan_by_image ON public.scan USING btree (project_id, digest);

create table scan_decision (
  scan_id text collate "C" not null,
  seq integer not null,
  at bigint not null,
  by_account text collate "C" not null,
  what text collate "C" not null,
  number text collate "C",
  side integer,
  rotation integer,
  constraint scan_decision_key PRIMARY KEY (scan_id, seq),
  constraint scan_decision_scan FOREIGN KEY (scan_id) REFERENCES scan(id)
);

create table scan_standing (
  scan_id text collate "C" not null,
  project_id text collate "C" not null,
  upload_id text collate "C" not null,
  "position" integer not null,
  own_class text collate "C" not null,
  class text collate "C" not null,
  foreign_reason text collate "C",
  event_id text collate "C",
  site_code text collate "C",
  room_code text collate "C",
  kit text collate "C",
  number text collate "C",
  side integer,
  by_person integer not null,
  marks_open integer not null,
  marks_rows integer not null,
  marks_unread integer not null,
  constraint scan_standing_key PRIMARY KEY (scan_id),
  constraint scan_standing_scan FOREIGN KEY (scan_id) REFERENCES scan(id)
);
CREATE INDEX standing_of_upload ON public.scan_standing USING btree (upload_id, class, "position");
CREATE INDEX standing_of_sheet ON public.scan_standing USING btree (project_id, number, side);
CREATE INDEX standing_of_site ON public.scan_standing USING btree (event_id, site_code, class);
CREATE INDEX standing_by_class ON public.scan_standing USING btree (project_id, class);
CREATE INDEX standing_of_open_marks ON public.scan_standing USING btree (event_id, marks_open, scan_id);
CREATE INDEX standing_of_unread_marks ON public.scan_standing USING btree (event_id, marks_unread, scan_id);

create table mark_decision (
  scan_id text collate "C" not null,
  field text collate "C" not null,
  "row" integer not null,
  seq integer not null,
  at bigint not null,
  by_account text collate "C" not null,
  marked_json text collate "C" not null,
  purpose text not null,
  agreed integer not null,
  constraint mark_decision_key PRIMARY KEY (scan_id, field, "row", seq),
  constraint mark_decision_scan FOREIGN KEY (scan_id) REFERENCES scan(id)
);

create table protocol (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  version integer not null,
  at bigint not null,
  by_account text collate "C" not null,
  way text collate "C" not null,
  body_json text collate "C" not null,
  constraint protocol_key PRIMARY KEY (event_id, site_code, room_code, version),
  constraint protocol_event FOREIGN KEY (event_id) REFERENCES event(id)
);

create table register_work (
  event_id text collate "C" not null,
  project_id text collate "C" not null,
  plan_json text collate "C" not null,
  next integer not null,
  by_account text collate "C" not null,
  begun_at bigint not null,
  problem_json text collate "C",
  constraint register_work_key PRIMARY KEY (event_id),
  constraint register_work_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint register_work_project FOREIGN KEY (project_id) REFERENCES project(id)
);

create table given_prefix (
  prefix text collate "C" not null,
  event_id text collate "C" not null,
  at bigint not null,
  constraint given_prefix_key PRIMARY KEY (prefix)
);

create table mark_reading (
  scan_id text collate "C" not null,
  seq integer not null,
  at bigint not null,
  by_account text collate "C" not null,
  kind text collate "C" not null,
  side integer not null,
  reading_json text collate "C" not null,
  constraint mark_reading_key PRIMARY KEY (scan_id, seq),
  constraint mark_reading_scan FOREIGN KEY (scan_id) REFERENCES scan(id)
);

create table day_policy (
  project_id text collate "C" not null,
  opens text collate "C" not null,
  release_before_min integer not null,
  posts_password integer not null,
  constraint day_policy_key PRIMARY KEY (project_id),
  constraint day_policy_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table event_day (
  event_id text collate "C" not null,
  start_at bigint,
  speaking integer not null,
  preprinted integer not null,
  room_reserve integer not null,
  tasks_json text collate "C" not null,
  kept_afterwards integer not null,
  constraint event_day_key PRIMARY KEY (event_id),
  constraint event_day_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table event_release (
  event_id text collate "C" not null,
  not_before bigint,
  agreed_at bigint,
  held_reason text collate "C",
  held_by text collate "C",
  held_at bigint,
  constraint event_release_key PRIMARY KEY (event_id),
  constraint event_release_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table event_seal (
  event_id text collate "C" not null,
  recipient text collate "C" not null,
  sealed_key text collate "C" not null,
  made_at bigint not null,
  by_account text collate "C" not null,
  prepared_from text collate "C",
  constraint event_seal_key PRIMARY KEY (event_id),
  constraint event_seal_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table material (
  event_id text collate "C" not null,
  variant integer not null,
  revision integer not null,
  file_name text collate "C" not null,
  pages integer not null,
  size bigint not null,
  digest text collate "C" not null,
  sealed_digest text collate "C" not null,
  sealed_size bigint not null,
  at bigint not null,
  by_account text collate "C" not null,
  constraint material_key PRIMARY KEY (event_id, variant),
  constraint material_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table material_work (
  event_id text collate "C" not null,
  project_id text collate "C" not null,
  by_account text collate "C" not null,
  begun_at bigint not null,
  problem_json text collate "C",
  constraint material_work_key PRIMARY KEY (event_id),
  constraint material_work_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table site_material (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  revision integer not null,
  content text collate "C" not null,
  plan_digest text collate "C" not null,
  plan_size bigint not null,
  variants_json text collate "C" not null,
  about_json text collate "C" not null,
  made_at bigint not null,
  constraint site_material_key PRIMARY KEY (event_id, site_code),
  constraint site_material_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table member (
  id text collate "C" not null,
  project_id text collate "C" not null,
  name text collate "C" not null,
  serial text collate "C" not null,
  recipient text collate "C" not null,
  sites_json text collate "C" not null,
  added_at bigint not null,
  added_by text collate "C" not null,
  revoked_at bigint,
  revoked_by text collate "C",
  revoked_reason text collate "C",
  constraint member_key PRIMARY KEY (id),
  constraint member_by_recipient UNIQUE (project_id, recipient),
  constraint member_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table access_site (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  project_id text collate "C" not null,
  sealed_secret text collate "C" not null,
  released_at bigint,
  again_json text collate "C",
  constraint access_site_key PRIMARY KEY (event_id, site_code),
  constraint access_site_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);
CREATE INDEX access_site_of_project ON public.access_site USING btree (project_id, site_code);

create table access_grant (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  number integer not null,
  grant_json text collate "C" not null,
  locked text collate "C" not null,
  sealed_to_json text collate "C" not null,
  void integer not null,
  made_at bigint not null,
  by_account text collate "C" not null,
  constraint access_grant_key PRIMARY KEY (event_id, site_code, number),
  constraint access_grant_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table access_use (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  number integer not null,
  station text collate "C" not null,
  token_serial text collate "C",
  at bigint not null,
  constraint access_use_key PRIMARY KEY (event_id, site_code, number, station),
  constraint access_use_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table day_fetch (
  id text collate "C" not null,
  project_id text collate "C" not null,
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  at bigint not null,
  what text collate "C" not null,
  number integer,
  way text collate "C" not null,
  by_account text collate "C",
  address text collate "C",
  constraint day_fetch_key PRIMARY KEY (id),
  constraint day_fetch_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);
CREATE INDEX day_fetch_newest ON public.day_fetch USING btree (event_id, at);

create table day_package (
  project_id text collate "C" not null,
  id text collate "C" not null,
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  kind text collate "C" not null,
  digest text collate "C" not null,
  size bigint not null,
  station_id text collate "C" not null,
  station text collate "C" not null,
  room text collate "C" not null,
  part integer not null,
  parts integer not null,
  pages integer,
  replaces text collate "C",
  way text collate "C" not null,
  by_account text collate "C" not null,
  made_at bigint not null,
  received_at bigint not null,
  upload_id text collate "C" not null,
  contents_json text collate "C",
  opened_at bigint,
  state text collate "C" not null,
  quality text collate "C" not null,
  rescan_json text collate "C" not null,
  reason_json text collate "C",
  note text collate "C" not null,
  said_at bigint not null,
  constraint day_package_key PRIMARY KEY (project_id, id),
  constraint day_package_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint day_package_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);
CREATE INDEX day_package_of_site ON public.day_package USING btree (event_id, site_code);
CREATE INDEX day_package_open ON public.day_package USING btree (state, quality);

create table station_journal (
  digest text collate "C" not null,
  project_id text collate "C" not null,
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  station_id text collate "C" not null,
  kind text collate "C" not null,
  number text collate "C" not null,
  room text collate "C",
  closing integer not null,
  finished_at bigint not null,
  program text collate "C" not null,
  key_number integer,
  token_serial text collate "C",
  size bigint not null,
  entries integer not null,
  head_json text collate "C" not null,
  counts_json text collate "C" not null,
  fates_json text collate "C" not null,
  way text collate "C" not null,
  by_account text collate "C" not null,
  received_at bigint not null,
  constraint station_journal_key PRIMARY KEY (digest),
  constraint station_journal_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint station_journal_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);
CREATE INDEX station_journal_of_site ON public.station_journal USING btree (event_id, site_code, station_id, closing);

create table site_day (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  at bigint not null,
  statuses integer not null,
  report_json text collate "C" not null,
  received_at bigint not null,
  way text collate "C" not null,
  constraint site_day_key PRIMARY KEY (event_id, site_code),
  constraint site_day_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table gateway_file (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  name text collate "C" not null,
  size bigint not null,
  sha256 text collate "C" not null,
  at bigint not null,
  by_account text collate "C" not null,
  upload_id text collate "C",
  constraint gateway_file_key PRIMARY KEY (event_id, site_code, name),
  constraint gateway_file_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table reserve_console (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  id text collate "C" not null,
  registration_code text collate "C",
  return_code text collate "C",
  node_id text collate "C",
  tls_fingerprint text collate "C",
  sealing_key text collate "C",
  made_at bigint not null,
  by_account text collate "C" not null,
  registered_at bigint,
  last_contact bigint,
  constraint reserve_console_key PRIMARY KEY (project_id, site_code, id),
  constraint reserve_console_site FOREIGN KEY (project_id, site_code) REFERENCES site(project_id, code) ON DELETE CASCADE
);

create table console_day (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  node_id text collate "C" not null,
  at bigint not null,
  report_json text collate "C" not null,
  constraint console_day_key PRIMARY KEY (event_id, site_code, node_id),
  constraint console_day_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table site_archive (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  revision integer not null,
  project_id text collate "C" not null,
  digest text collate "C" not null,
  size bigint not null,
  sealed_password text collate "C" not null,
  made_at bigint not null,
  by_account text collate "C" not null,
  released_at bigint,
  released_by text collate "C",
  told_password text collate "C",
  posting_id text collate "C",
  posted_at bigint,
  constraint site_archive_key PRIMARY KEY (event_id, site_code, revision),
  constraint site_archive_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE,
  constraint site_archive_project FOREIGN KEY (project_id) REFERENCES project(id) ON DELETE CASCADE
);

create table site_stage (
  event_id text collate "C" not null,
  site_code text collate "C" not null,
  stage text collate "C" not null,
  at bigint not null,
  by_account text collate "C" not null,
  constraint site_stage_key PRIMARY KEY (event_id, site_code, stage),
  constraint site_stage_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);

create table archive_work (
  event_id text collate "C" not null,
  project_id text collate "C" not null,
  by_account text collate "C" not null,
  begun_at bigint not null,
  problem_json text collate "C",
  constraint archive_work_key PRIMARY KEY (event_id),
  constraint archive_work_event FOREIGN KEY (event_id) REFERENCES event(id) ON DELETE CASCADE
);
