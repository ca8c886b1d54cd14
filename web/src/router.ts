import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./shell/HomePage.vue') },
  { path: '/inbox', name: 'inbox', component: () => import('./inbox/InboxPage.vue'), meta: { title: 'nav.inbox' } },
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./shell/LostPage.vue'), meta: { title: 'nav.lost' } },
]

export const router = createRouter({ history: createWebHistory(), routes })
