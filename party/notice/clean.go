package notice

// clean is a text of a post or an area with no private number in it; that there
// was one is said.
func (b *builder) clean(s string, area, post Code, field string) string {
	return b.said(s, b.redactor.Hide(s), area, post, field)
}

// contact is clean for the public contact of a post.
func (b *builder) contact(s string, area, post Code) string {
	return b.said(s, b.redactor.HideContact(s), area, post, "contact")
}

func (b *builder) said(s, shown string, area, post Code, field string) string {
	if shown != s {
		b.lacks(Missing{Kind: PersonalNumber, Area: area, Post: post, Field: field})
	}
	return shown
}
