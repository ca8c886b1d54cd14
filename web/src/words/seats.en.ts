import type { zh } from './seats.zh'

/** Texts of the seats: registering calls, dispatching. */
export const en: typeof zh = {
  register: {
    what: 'What the caller says',
    whatHint: 'Type while you listen; what may be the same thing is listed beside it',
    category: 'Sub-category',
    searchCategory: 'A few letters to find it',
    address: 'Address',
    pick: 'Click the place on the map',
    name: 'Caller',
    phone: 'Phone',
    send: 'Register',
    map: 'Map to click the place on',
    registered: 'Registered under number',
    added: 'Added to the case; tell the caller its number',
    again: 'Reported again ({channel}): {said}',
    calledAgain: 'The caller speaks of the same thing again',
  },
  likely: {
    title: 'May be the same thing',
    none: 'Nothing alike was reported nearby of late',
    needsPlace: 'Click the place: what was reported nearby of late appears here',
    score: 'How alike: sub-category, distance, time, words',
    metres: '{metres} m away',
    same: 'same sub-category',
    other: 'another sub-category',
    words: '{share} of the words',
    take: 'It is this one: add to it',
  },
  dispatching: {
    title: 'To dispatch',
    map: 'Where the cases to dispatch lie',
    loads: 'Open cases by unit',
    choose: 'Choose one to dispatch',
    chooseHint: 'In the list or on the map; the proposed unit comes with its reason',
  },
}
