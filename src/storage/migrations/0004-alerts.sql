-- Where alerts are told. Secrets stand here by name only.
create table alert_channels (
  name text primary key,
  target text not null,
  changed_at integer not null
) strict, without rowid;

-- By the name of the deployment, not its number: what was told outlives it.
create table alerts (
  number integer primary key autoincrement,
  deployment text not null,
  rule text not null,
  -- The same in every repetition of a message; null until it fires.
  key text unique,
  title text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  state text not null check (state in ('pending', 'firing', 'resolved')),
  since integer not null,
  fired_at integer,
  -- When the first of its messages was handed over to be delivered; null while it is quiet.
  told_at integer,
  resolved_at integer,
  resolved_because text check (resolved_because in ('recovered', 'rule-changed', 'not-watched', 'removed')),
  message text not null,
  findings text not null,
  -- Whom it was told; they are told of its end.
  channels text not null,
  check ((state = 'resolved') = (resolved_at is not null)),
  check ((state = 'resolved') = (resolved_because is not null)),
  check (state = 'pending' or (key is not null and fired_at is not null))
) strict;
create unique index alerts_open on alerts (deployment, rule) where state <> 'resolved';
create index alerts_of_rule on alerts (deployment, rule, told_at);
create index alerts_over on alerts (state, number);

-- The outbox: written in the transaction that changed the alert, and worked off until somebody took it.
create table alert_deliveries (
  number integer primary key autoincrement,
  alert integer not null references alerts (number) on delete cascade,
  channel text not null,
  kind text not null check (kind in ('firing', 'resolved')),
  message text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed', 'dropped')),
  attempts integer not null,
  problem text,
  made_at integer not null,
  -- When it is tried next, or was done with.
  at integer not null,
  unique (alert, channel, kind)
) strict;
create index alert_deliveries_waiting on alert_deliveries (at) where state = 'waiting';
create index alert_deliveries_of_channel on alert_deliveries (channel, at);

create table alert_silences (
  number integer primary key autoincrement,
  deployment text not null,
  rule text,
  until integer not null,
  note text not null
) strict;
