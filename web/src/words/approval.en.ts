/** Texts of asking another person to publish. */
export const en = {
  requesting: {
    title: 'Ask for “{name}” to be published',
    says: 'Another person looks at the differences and publishes or refuses it; a draft that is changed is asked for anew.',
    note: 'What has changed',
    noteHint: 'What was changed and why; whoever approves reads it first',
    go: 'Ask',
    done: 'Asked for; it waits for approval',
  },
  requests: {
    title: 'Approval',
    ask: 'Ask for approval',
    whoMay: 'Who may approve: {who}',
    nobody: 'Nobody else may approve now: have an administrator allow one more person to publish.',
    says: {
      awaited: '{asker} asks you to publish this; once you change the draft, it takes somebody else.',
      asked: 'Asked for; waits for {who}',
      outdated: 'The draft was changed since it was asked for; ask again',
      approved: '{decider} approved and published it',
      refused: '{decider} refused to publish it',
    },
    states: {
      awaited: 'awaits your approval',
      asked: 'waits for approval',
      outdated: 'changed since it was asked for',
      approved: 'approved and published',
      refused: 'refused',
    },
    pressing: 'requests for you to look at',
    compare: 'See the differences',
    approve: 'Approve and publish',
    refuse: 'Refuse',
    why: 'Why it is refused',
    sayNo: 'Send back',
    withdraw: 'Withdraw',
    seen: 'Got it',
  },
}
