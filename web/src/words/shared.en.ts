import type { zh } from './shared.zh'

/** Texts of parts that both the desk and the field page show. */
export const en: typeof zh = {
  product: 'Guiliu',
  signIn: {
    motto: 'Whatever is reported comes back as a closed case',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    samples: 'Sample accounts',
    samplesHint: 'One click signs you in; the password of all is {password}',
    ended: 'Your session has ended',
    endedHint: 'Sign in again; everything you typed is still there, and the page goes on by itself.',
  },
  problem: { retry: 'Try again' },
  lamps: { green: 'in time', yellow: 'due soon', red: 'overdue', grey: 'suspended' },
  photos: {
    add: 'Drop or choose',
    alt: 'Photo {number}',
    one: 'Photo',
    remove: 'Remove photo {number}',
    none: 'No photos',
    before: 'Before',
    after: 'After',
    others: 'Other files',
    share: 'Slide between before and after',
    compare: 'Before and after',
    compareHint: 'Drag over the picture, or use the left and right arrows',
    compareLater: 'Add a photo of how it looks now to compare the two here',
    empty: 'No photos yet',
    emptyHint: 'Photos of the report, the disposal and the checks appear here',
  },
}
