-- Numbers of deployments stand in the ids of their predictions, so none is given twice.
create table deployments (
  number integer primary key autoincrement,
  name text not null unique,
  spec text not null,
  is_on integer not null check (is_on in (0, 1)),
  port integer,
  grpc_port integer,
  revision integer not null,
  -- Artifacts of canaries that were taken out of the traffic of this revision.
  rolled_back text not null,
  pipeline_id text,
  node_id text,
  created_at integer not null,
  changed_at integer not null
) strict;

create table deployment_changes (
  number integer primary key autoincrement,
  deployment integer not null references deployments (number) on delete cascade,
  revision integer not null,
  what text not null,
  note text not null,
  changed_at integer not null
) strict;
create index deployment_changes_of on deployment_changes (deployment, number);

create table deployment_verifications (
  deployment integer not null references deployments (number) on delete cascade,
  model_artifact text not null references artifacts (hash),
  state text not null check (state in ('verified', 'waiting', 'failed')),
  report text references artifacts (hash),
  rows integer not null,
  problem text,
  verified_at integer not null,
  primary key (deployment, model_artifact)
) strict, without rowid;

-- What an endpoint needs as long as it is there: models, and the tables that they are verified with.
create table deployment_artifacts (
  deployment integer not null references deployments (number) on delete cascade,
  artifact text not null references artifacts (hash),
  primary key (deployment, artifact)
) strict, without rowid;

create table promotions (
  number integer primary key autoincrement,
  model text not null references models (name) on delete cascade,
  version integer not null,
  environment text not null check (environment in ('staging', 'production')),
  from_version integer,
  state text not null check (state in ('waiting', 'approved', 'rejected', 'superseded')),
  requested_by text not null,
  request_note text not null,
  requested_at integer not null,
  decided_by text,
  decision_note text,
  decided_at integer
) strict;
create unique index promotions_waiting on promotions (model, environment) where state = 'waiting';
create index promotions_of_model on promotions (model, number);
