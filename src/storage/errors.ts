import { defineErrors } from '../core/errors.ts'

export const storageError = defineErrors('storage', {
  newer: {
    kind: 'user',
    message:
      'The workspace was last opened by a newer Pipewright: {file} is at step {found}, this one knows {known}.',
    remedy: 'Install the newer version, or choose another workspace.',
  },
  'older-readonly': {
    kind: 'environment',
    message: 'The tracking database {file} is not up to date yet.',
    remedy: 'Open the workspace once with this version of Pipewright; that brings it up to date.',
  },
  'migration-changed': {
    kind: 'defect',
    message:
      'The tracking database {file} was built by another text of “{migration}” than this Pipewright has.',
    remedy: 'Install the version that made the workspace, or choose another workspace. Please report this.',
  },
  missing: {
    kind: 'environment',
    message: 'There is no tracking database at {file}.',
    remedy: 'Run a pipeline in this workspace first; that creates it.',
  },
  'not-a-database': {
    kind: 'environment',
    message: 'The tracking database {file} is damaged.',
    remedy:
      'Put back a copy of it (those made before an update lie beside it), or move it away to start afresh: pipeline files stay, but runs and registered models are then unknown.',
  },
  full: {
    kind: 'environment',
    message: 'The disk that holds {file} is full.',
    remedy: 'Make room (`pipewright gc` removes old results) and try again.',
  },
  unwritable: {
    kind: 'environment',
    message: '{file} cannot be written: {problem}.',
    remedy: 'Check the permissions of the workspace folder, or choose another workspace.',
  },
  io: {
    kind: 'environment',
    message: 'The disk that holds {file} reports an error: {problem}.',
    remedy: 'Check the disk; workspaces on network drives are not safe.',
  },
  busy: {
    kind: 'environment',
    message: 'Another program keeps {file} locked.',
    remedy: 'Close the program that has the tracking database open and try again.',
  },
  'file-changing': {
    kind: 'environment',
    message: 'The file {file} is being written right now.',
    remedy: 'Wait until it is complete, then run again.',
  },
  'socket-folder-unsafe': {
    kind: 'environment',
    message: 'The folder {folder} belongs to somebody else or is open to others.',
    remedy: 'Remove that folder, or choose a workspace with a shorter path.',
  },
})

export const registryError = defineErrors('registry', {
  'bad-name': {
    kind: 'user',
    message: '“{name}” cannot be the name of a model.',
    remedy: 'Use letters, digits, “.”, “_” and “-”, starting with a letter or digit; at most 128 characters.',
  },
  'bad-alias': {
    kind: 'user',
    message: '“{alias}” cannot be an alias.',
    remedy:
      'Use letters, digits, “_” and “-”, starting with a letter, but not “latest”: that is the name alone.',
  },
  'bad-reference': {
    kind: 'user',
    message: '“{reference}” does not name a model.',
    remedy: 'Write “name” for the latest version, “name@alias” or “name:3”.',
  },
  'unknown-model': {
    kind: 'user',
    message: 'There is no registered model “{model}”.',
    remedy: '{hint}',
  },
  'unknown-alias': {
    kind: 'user',
    message: 'The model “{model}” has no alias “{alias}”.',
    remedy: '{hint}',
  },
  'unknown-deployment': {
    kind: 'user',
    message: 'There is no deployment “{name}”.',
    remedy: '{hint}',
  },
  'unknown-channel': {
    kind: 'user',
    message: 'There is no channel “{name}”.',
    remedy: '{hint}',
  },
  'nothing-waits': {
    kind: 'user',
    message: 'No version of “{model}” waits to go to {environment}.',
    remedy: 'Put one forward first: `pipewright models promote {model}:VERSION {environment}`.',
  },
  'other-waits': {
    kind: 'user',
    message: 'Version {version} of “{model}” does not wait to go to {environment}: version {waiting} does.',
    remedy:
      'Decide about {model}:{waiting}, or put {model}:{version} forward: `pipewright models promote {model}:{version} {environment}`.',
  },
  'there-already': {
    kind: 'user',
    message: 'Version {version} of “{model}” is in {environment} already.',
    remedy: 'Name another version; if one waits that shall not follow it, reject that.',
  },
  'production-stays': {
    kind: 'user',
    message: 'The alias “production” of “{model}” cannot be removed.',
    remedy:
      'Put another version forward with `pipewright models promote`; an endpoint that shall not answer any more is switched off.',
  },
  'needs-promotion': {
    kind: 'user',
    message:
      'Which version of “{model}” is in {environment} is decided by promotions, which say who wanted it and why.',
    remedy:
      'Leave the alias out here and put the version forward: `pipewright models promote {model}:VERSION {environment}`; production then waits for `pipewright models approve`.',
  },
  'unknown-version': {
    kind: 'user',
    message: 'The model “{model}” has no version {version}.',
    remedy: 'Its latest version is {latest}.',
  },
})
