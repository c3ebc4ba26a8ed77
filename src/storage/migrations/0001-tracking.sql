-- Times are epoch milliseconds. `number` columns count up in the order of writing, whatever the clock does.

create table runs (
  number integer primary key autoincrement,
  id text not null unique,
  pipeline_id text not null,
  pipeline_name text not null,
  document text not null,
  parameters text not null,
  scope text not null,
  status text not null check (status in ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  started_at integer not null,
  finished_at integer,
  host_pid integer not null,
  summary text
) strict;
create index runs_of_pipeline on runs (pipeline_id, number);
create index runs_in_flight on runs (number) where status = 'running';

create table steps (
  number integer primary key autoincrement,
  run_id text not null references runs (id) on delete cascade,
  node_id text not null,
  node_type text not null,
  state text not null
    check (state in ('queued', 'running', 'cached', 'done', 'failed', 'skipped', 'cancelled')),
  key text,
  ingredients text not null,
  reason text not null,
  started_at integer,
  finished_at integer,
  error text,
  outputs text not null,
  attempts integer not null,
  unique (run_id, node_id)
) strict;
create index steps_of_node on steps (node_id, run_id);

create table metrics (
  run_id text not null,
  node_id text not null,
  name text not null,
  value real not null,
  primary key (run_id, node_id, name),
  foreign key (run_id, node_id) references steps (run_id, node_id) on delete cascade
) strict, without rowid;
create index metrics_by_name on metrics (node_id, name);

create table events (
  run_id text not null references runs (id) on delete cascade,
  sequence integer not null,
  body text not null,
  primary key (run_id, sequence)
) strict, without rowid;

create table artifacts (
  hash text primary key,
  kind text not null,
  size_bytes integer not null,
  manifest_sha256 text not null,
  created_at integer not null
) strict, without rowid;

create table artifact_refs (
  artifact text not null references artifacts (hash) on delete cascade,
  ref text not null references artifacts (hash),
  primary key (artifact, ref)
) strict, without rowid;
create index artifact_referrers on artifact_refs (ref);

create table results (
  key text primary key,
  node_type text not null,
  outputs text not null,
  metrics text not null,
  effects text not null,
  notes text not null,
  duration_ms real not null,
  created_at integer not null
) strict, without rowid;

create table result_artifacts (
  key text not null references results (key) on delete cascade,
  artifact text not null references artifacts (hash),
  primary key (key, artifact)
) strict, without rowid;
create index results_of_artifact on result_artifacts (artifact);

create table file_hashes (
  path text primary key,
  size_bytes real not null,
  mtime_ms real not null,
  ctime_ms real not null,
  inode real not null,
  sha256 text not null
) strict, without rowid;

create table probes (
  key text primary key,
  value text not null,
  probed_at integer not null
) strict, without rowid;

create table data_versions (
  source text not null,
  number integer not null,
  content_hash text not null,
  row_count integer not null,
  columns text not null,
  run_id text not null,
  first_seen_at integer not null,
  last_seen_at integer not null,
  primary key (source, number),
  unique (source, content_hash)
) strict, without rowid;

create table models (
  name text primary key,
  created_at integer not null
) strict, without rowid;

create table model_versions (
  model text not null references models (name) on delete cascade,
  version integer not null,
  artifact text not null references artifacts (hash),
  run_id text,
  metrics text not null,
  description text not null,
  created_at integer not null,
  primary key (model, version)
) strict, without rowid;
create index model_versions_of_artifact on model_versions (artifact);

create table model_aliases (
  model text not null,
  alias text not null,
  version integer not null,
  primary key (model, alias),
  foreign key (model, version) references model_versions (model, version) on delete cascade
) strict, without rowid;

create table alias_changes (
  number integer primary key autoincrement,
  model text not null references models (name) on delete cascade,
  alias text not null,
  from_version integer,
  to_version integer,
  changed_at integer not null
) strict;
create index alias_changes_of_model on alias_changes (model, number);

create table pins (
  pipeline_id text not null,
  node_id text not null,
  port text not null,
  artifact text not null,
  primary key (pipeline_id, node_id)
) strict, without rowid;
