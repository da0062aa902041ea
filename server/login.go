package server

import "strings"

// Login gives the account with which a person logs in to the servers of a
// host: the student at the campus, the teacher at the school.
func (l *Lab) Login(host string) (user, password string) {
	user = Teacher
	if strings.HasSuffix(host, "."+kampusDomain) {
		user = Student
	}
	for _, a := range accounts() {
		if a.Address == user {
			return user, a.Password
		}
	}
	return user, ""
}
