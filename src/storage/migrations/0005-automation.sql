-- Schedules of pipeline files that somebody has switched on, or off, in this workspace.
create table schedules (
  number integer primary key autoincrement,
  -- Absolute, of the pipeline file.
  path text not null,
  name text not null,
  is_on integer not null check (is_on in (0, 1)),
  -- As it was when what fell due was last noted; another one starts anew.
  trigger text not null,
  -- Everything that fell due up to here is noted below.
  seen_until integer not null,
  -- Of the address that a webhook is sent to.
  hook_token text unique,
  switched_by text not null,
  switched_at integer not null,
  unique (path, name)
) strict;

create table schedule_occurrences (
  number integer primary key autoincrement,
  schedule integer not null references schedules (number) on delete cascade,
  -- The due time, the file with its time and size, the run or the delivery: each is carried out once.
  key text not null,
  due_at integer not null,
  noted_at integer not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'refused', 'missed')),
  -- In words, where there is more to be said than the state.
  reason text not null,
  parameters text not null,
  attempts integer not null,
  run_id text,
  finished_at integer,
  unique (schedule, key)
) strict;
create index schedule_occurrences_open on schedule_occurrences (state) where state in ('waiting', 'running');

create table retraining_policies (
  number integer primary key autoincrement,
  deployment text not null unique,
  policy text not null,
  is_on integer not null check (is_on in (0, 1)),
  pipeline_id text not null,
  pipeline_path text not null,
  node_id text not null,
  -- The pipeline as it ran when this was wished for, with all that it refers to.
  document text not null,
  parameters text not null,
  -- The table whose test rows every challenger is held against.
  frozen_table text references artifacts (hash),
  -- How far feedback was counted, and how many labels came since the last job.
  feedback_position text not null,
  new_labels integer not null,
  -- Of the cron expression.
  seen_until integer not null,
  revision integer not null,
  created_at integer not null,
  changed_at integer not null
) strict;

create table retraining_jobs (
  number integer primary key autoincrement,
  deployment text not null,
  cause text not null check (cause in ('labels', 'drift', 'quality', 'schedule', 'hand')),
  cause_reason text not null,
  asked_by text,
  -- What the job goes by, whatever is changed meanwhile.
  policy text not null,
  pipeline_path text not null,
  document text not null,
  parameters text not null,
  step text not null check (step in ('train', 'judge', 'trial', 'approve', 'promote', 'probation', 'end')),
  outcome text check (outcome in ('promoted', 'rejected', 'rolled-back', 'abandoned', 'cancelled')),
  reason text not null,
  champion_version integer,
  champion_artifact text,
  challenger_version integer,
  challenger_artifact text,
  -- What one step leaves to those after it.
  memory text not null,
  started_at integer not null,
  finished_at integer
) strict;
create unique index retraining_jobs_open on retraining_jobs (deployment) where finished_at is null;
create index retraining_jobs_of on retraining_jobs (deployment, number);

create table retraining_steps (
  job integer not null references retraining_jobs (number) on delete cascade,
  number integer not null,
  step text not null,
  state text not null check (state in ('running', 'done', 'failed')),
  -- Why it ended as it did, in words.
  reason text not null,
  -- What was measured and decided.
  details text not null,
  run_id text,
  started_at integer not null,
  finished_at integer,
  primary key (job, number)
) strict, without rowid;

-- What a policy and its open job need as long as they are there.
create table retraining_artifacts (
  deployment text not null,
  artifact text not null references artifacts (hash),
  primary key (deployment, artifact)
) strict, without rowid;
