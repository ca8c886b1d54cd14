import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./shell/HomePage.vue') },
  { path: '/inbox', name: 'inbox', component: () => import('./inbox/InboxPage.vue'), meta: { title: 'nav.inbox' } },
  { path: '/cases', name: 'cases', component: () => import('./cases/CasesPage.vue'), meta: { title: 'nav.cases' } },
  {
    path: '/cases/:id(\\d+)',
    name: 'case',
    component: () => import('./cases/CasePage.vue'),
    meta: { title: 'nav.cases' },
  },
  {
    path: '/cases/:id(\\d+)/file',
    name: 'file',
    component: () => import('./cases/CaseFile.vue'),
    meta: { title: 'case.file' },
  },
  {
    path: '/register',
    name: 'register',
    component: () => import('./registration/RegisterPage.vue'),
    meta: { title: 'nav.report' },
  },
  {
    path: '/dispatch',
    name: 'dispatch',
    component: () => import('./dispatching/DispatchPage.vue'),
    meta: { title: 'nav.dispatch' },
  },
  { path: '/board', name: 'board', component: () => import('./board/BoardPage.vue'), meta: { title: 'nav.board' } },
  {
    path: '/design',
    name: 'library',
    component: () => import('./designer/LibraryPage.vue'),
    meta: { title: 'design.library' },
  },
  {
    path: '/design/processes/:key',
    name: 'process',
    component: () => import('./designer/ProcessPage.vue'),
    meta: { title: 'design.processes' },
  },
  {
    path: '/design/decisions/:key',
    name: 'decision',
    component: () => import('./designer/DecisionPage.vue'),
    meta: { title: 'design.decisions' },
  },
  {
    path: '/design/forms/:key',
    name: 'form',
    component: () => import('./designer/FormPage.vue'),
    meta: { title: 'design.forms' },
  },
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./shell/LostPage.vue'), meta: { title: 'nav.lost' } },
]

export const router = createRouter({ history: createWebHistory(), routes })
