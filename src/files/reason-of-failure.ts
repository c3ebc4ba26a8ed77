/** Why the operating system refused a file, as the end of a sentence: “it is a folder”, “access is denied”. */
export function reasonOfFailure(failure: unknown): string {
  const { code, message } = failure as NodeJS.ErrnoException
  switch (code ?? 'none') {
    case 'ENOENT':
      return 'there is no such folder'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of its path is a file'
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
    case 'EPERM':
      return 'access is denied'
    case 'EROFS':
      return 'the disk can only be read'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full'
    case 'ENAMETOOLONG':
      return 'its name is too long'
    default:
      return message
  }
}
