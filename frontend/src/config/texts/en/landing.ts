export const landing = {
  headline: 'A bank whose books you can check.',
  lead: 'Money is never lost, invented or moved twice. Every entry is chained to the one before it, and anyone can verify that for themselves.',
  newsTitle: 'Announcements',
  noNews: 'No announcements at the moment.',
  promiseOnce: 'Once means once',
  promiseOnceText:
    'Press twice, reload, lose the connection: a payment is booked once, and you always see where it stands.',
  promiseOpen: 'Every cent explained',
  promiseOpenText: 'Booked, set aside and available are shown apart, and each line says why.',
  promiseYours: 'Your door, your keys',
  promiseYoursText: 'See every sign-in and device, end any of them, and read who changed your details.',
  aboutTitle: 'About Strongroom',
  about1:
    'Strongroom is a retail bank in a box: accounts, payments, savings and help in this app, a console for staff, and an API for everything.',
  about2:
    'It keeps its books by double entry. Entries are never changed or deleted; a mistake is put right by a new entry that undoes the first.',
  about3: 'Everything this app can do is in the bank’s public API, which is documented and open to you.',
  allNews: 'All announcements',
  pinned: 'Pinned',
};
