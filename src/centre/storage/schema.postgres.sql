-- Written by `npm run schema` from the migrations. Not read by the program.

create table project (
  id text collate "C" not null,
  code text collate "C" not null,
  name text collate "C" not null,
  mode text collate "C" not null,
  support_phone text collate "C" not null,
  created_at bigint not null,
  changed_at bigint not null,
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
  lock_serial text collate "C",
  lock_recipient text collate "C",
  registered_at bigint,
  last_contact bigint,
  status_json text collate "C",
  code_key text,
  return_code text,
  told_at bigint,
  told_to text collate "C",
  constraint site_key PRIMARY KEY (project_id, code),
  constraint site_project FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX site_told_since ON public.site USING btree (told_at);

create table room (
  project_id text collate "C" not null,
  site_code text collate "C" not null,
  code text collate "C" not null,
  name text collate "C" not null,
  constraint room_key PRIMARY KEY (project_id, code),
  constraint room_site FOREIGN KEY (project_id, site_code) REFERENCES site(project_id, code)
);
CREATE INDEX room_of_site ON public.room USING btree (project_id, site_code);

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

create table room_package (
  project_id text collate "C" not null,
  number integer not null,
  site_code text collate "C" not null,
  room_code text collate "C" not null,
  jws text collate "C" not null,
  constraint room_package_key PRIMARY KEY (project_id, room_code),
  constraint room_package_publication FOREIGN KEY (project_id, number) REFERENCES publication(project_id, number)
);
CREATE INDEX room_package_of_site ON public.room_package USING btree (project_id, site_code);

create table authorisation (
  session_id text collate "C" not null,
  site_code text collate "C" not null,
  project_id text collate "C" not null,
  prepared_at bigint not null,
  locked text collate "C" not null,
  sealed_secret text collate "C" not null,
  fetched_at bigint,
  released_at bigint,
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
  constraint result_key PRIMARY KEY (id),
  constraint result_by_parcel UNIQUE (parcel_digest),
  constraint result_project FOREIGN KEY (project_id) REFERENCES project(id),
  constraint result_session FOREIGN KEY (session_id) REFERENCES session(id)
);
CREATE INDEX result_of_room ON public.result USING btree (session_id, room_code);
CREATE INDEX result_of_site ON public.result USING btree (project_id, site_code, received_at);

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
  constraint score_key PRIMARY KEY (session_id, admission_number),
  constraint score_sitting FOREIGN KEY (session_id, admission_number) REFERENCES sitting(session_id, admission_number) ON DELETE CASCADE
);
CREATE INDEX score_of_project ON public.score USING btree (project_id);

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
