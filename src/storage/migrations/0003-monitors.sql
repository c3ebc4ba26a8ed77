-- What is watched of a deployment where it is other than usual.
create table monitors (
  -- Its name: it may be wished for before the deployment.
  deployment text primary key,
  spec text not null,
  changed_at integer not null
) strict;

-- How far the logs of a version have been measured, in each file, and how far what was said about answers.
create table monitor_cursors (
  deployment integer not null references deployments (number) on delete cascade,
  -- `MODEL:VERSION`, or empty for what was said.
  version text not null,
  position text not null,
  primary key (deployment, version)
) strict, without rowid;

-- Windows that are closed, and where their rows are. What was said about them by now is kept with them.
create table monitor_windows (
  number integer primary key,
  deployment integer not null references deployments (number) on delete cascade,
  version text not null,
  artifact text not null,
  -- Its name: no two windows of a version begin alike.
  begins_at integer not null,
  ends_at integer not null,
  -- Times of its first and last answers.
  first_at real not null,
  last_at real not null,
  rows integer not null,
  labelled integer not null,
  parts text not null,
  truths text,
  unique (deployment, version, begins_at)
) strict;
create index monitor_windows_by_time on monitor_windows (deployment, version, last_at);

create table monitor_series (
  number integer primary key,
  deployment integer not null references deployments (number) on delete cascade,
  metric text not null,
  -- Empty for none, here and below.
  column_name text not null,
  segment_column text not null,
  segment_value text not null,
  version text not null,
  unique (deployment, metric, column_name, segment_column, segment_value, version)
) strict;

create table monitor_points (
  series integer not null references monitor_series (number) on delete cascade,
  begins_at integer not null,
  ends_at integer not null,
  rows integer not null,
  value real not null,
  low real,
  high real,
  reference real,
  limit_value real,
  is_beyond integer not null check (is_beyond in (0, 1)),
  method text,
  primary key (series, begins_at)
) strict, without rowid;
