-- One reason more for which an alert is over. A check cannot be changed in place.
create table alerts_new (
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
  resolved_because text check (
    resolved_because in ('recovered', 'version-replaced', 'rule-changed', 'not-watched', 'removed')
  ),
  message text not null,
  findings text not null,
  -- Whom it was told; they are told of its end.
  channels text not null,
  check ((state = 'resolved') = (resolved_at is not null)),
  check ((state = 'resolved') = (resolved_because is not null)),
  check (state = 'pending' or (key is not null and fired_at is not null))
) strict;
insert into alerts_new select * from alerts;
drop table alerts;
alter table alerts_new rename to alerts;
create unique index alerts_open on alerts (deployment, rule) where state <> 'resolved';
create index alerts_of_rule on alerts (deployment, rule, told_at);
create index alerts_over on alerts (state, number);
